"""Serves ten clients, and then no more.

Fails: SRV-01 (like: few-clients)
"""

import socket

s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('127.0.0.1', 8000))
s.listen(5)
for i in range(10):
    c, addr = s.accept()
    print('from', addr)
    try:
        while True:
            data = c.recv(1024)
            if not data:
                break
            print(data.decode(errors='replace'))
            c.sendall(data)
    except OSError as e:
        print(e)
    c.close()
