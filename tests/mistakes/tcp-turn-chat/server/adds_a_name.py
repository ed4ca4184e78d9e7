"""Puts its name before each message on the wire.

Fails: DAT-04 (like: puts-before)
"""

import socket

# 1.先创建一个socket对象
server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
# 绑定一个固定的地址IP和port
server.bind(('192.168.1.169', 8080))
# 半连接池
server.listen(5)
while True:
    sock, address = server.accept()
    print(sock, address)
    # 数据交互
    while True:
        try:
            msg = input('请输入你要发送的内容》》》:').strip()
            if len(msg) == 0:
                continue
            sock.send(f'服务端: {msg}'.encode('utf8'))
            res = sock.recv(1024)
            if len(res) == 0:
                break
            print(res.decode('utf8'))
        except (ConnectionResetError, BrokenPipeError):
            break
    sock.close()
