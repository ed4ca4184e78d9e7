"""Catches the two errors of a lost client by name, inside the inner loop."""
import socket

# 1.先创建一个socket对象
server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('192.168.1.169', 8080))
# 半连接池
server.listen(5)
while True:
    sock, address = server.accept()
    print(sock, address)
    # 数据交互
    while True:
        try:
            msg = sock.recv(1024)
            if len(msg) == 0:
                break
            print(msg.decode('utf8', 'replace'))
            sock.send(msg)
        except (ConnectionResetError, BrokenPipeError):
            print('客户端断开')
            break
    sock.close()
