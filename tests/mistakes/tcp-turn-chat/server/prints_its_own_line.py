"""Prints the line it has sent instead of the one it has received.

Fails: XCH-10 (like: no-print)
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
            sock.send(msg.encode('utf8'))
            res = sock.recv(1024)
            if len(res) == 0:
                break
            print('收到:', msg)
        except (ConnectionResetError, BrokenPipeError):
            break
    sock.close()
