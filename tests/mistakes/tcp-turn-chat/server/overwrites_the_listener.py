"""Gives the connection the name of the listening socket.

Fails: SRV-01 (like: accepts-on-closed)
"""

import socket

s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('192.168.1.169', 8080))
s.listen(5)
while True:
    s, address = s.accept()
    while True:
        try:
            msg = input('>>>').strip()
            if not msg:
                continue
            s.send(msg.encode('utf8'))
            res = s.recv(1024)
            if not res:
                break
            print(res.decode('utf8'))
        except OSError:
            break
    s.close()
