"""Catches ConnectionResetError only: a send to a client that has left ends it.

Fails: SRV-04 (like: broken-pipe)
"""

import socket

s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('127.0.0.1', 8000))
s.listen(5)
while True:
    c, addr = s.accept()
    print('from', addr)
    try:
        while True:
            data = c.recv(1024)
            if not data:
                break
            print(data.decode(errors='replace'))
            c.sendall(data)
    except ConnectionResetError as e:
        print(e)
    c.close()
