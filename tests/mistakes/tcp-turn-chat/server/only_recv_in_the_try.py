"""Catches the error of recv, not that of send.

Fails: SRV-03 (like: reset)
"""

import socket

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('192.168.1.169', 8080))
server.listen(5)
while True:
    sock, address = server.accept()
    print('欢迎', address)
    while True:
        msg = input('请输入:').strip()
        if not msg:
            print('消息不能为空')
            continue
        sock.send(msg.encode('utf8'))
        try:
            res = sock.recv(1024)
        except ConnectionResetError:
            break
        if not res:
            break
        print(res.decode('utf8'))
    sock.close()
