"""The try stands around the outer loop, so that one error ends everything.

Fails: SRV-03 (like: ends-on-abort)
"""

import socket

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('192.168.1.169', 8080))
server.listen(5)
try:
    while True:
        sock, address = server.accept()
        while True:
            msg = input('请输入:').strip()
            if not msg:
                continue
            sock.send(msg.encode('utf8'))
            res = sock.recv(1024)
            if not res:
                break
            print(res.decode('utf8'))
        sock.close()
except ConnectionError as e:
    print('客户端断开', e)
server.close()
