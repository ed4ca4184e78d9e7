"""Serves two clients and then ends.

Fails: SRV-01 (like: few-clients)
"""

import socket

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('127.0.0.1', 8989))
s.listen(128)
for i in range(2):
    c, addr = s.accept()
    print('connect from', addr)
    while True:
        try:
            data = c.recv(1024)
            if not data:
                break
            print('received:', data.decode('utf-8', 'replace'))
            c.sendall(data)
        except OSError:
            break
    c.close()
s.close()
