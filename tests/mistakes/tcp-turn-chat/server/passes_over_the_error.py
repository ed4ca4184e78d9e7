"""Catches the error and goes on asking, without going back to accept.

Fails: SRV-03
"""

import socket

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('192.168.1.169', 8080))
server.listen(5)
while True:
    sock, address = server.accept()
    alive = True
    while alive:
        msg = input('>>>').strip()
        if not msg:
            continue
        try:
            sock.send(msg.encode('utf8'))
            res = sock.recv(1024)
            print(res.decode('utf8'))
            alive = bool(res)
        except OSError as e:
            print(e)
    sock.close()
