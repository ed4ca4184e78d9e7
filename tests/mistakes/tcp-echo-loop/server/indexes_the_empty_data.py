"""Looks at the first byte before it checks for the end: IndexError whenever a client leaves.

Fails: SRV-01 (like: empty-index)
"""

import socket

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('127.0.0.1', 8989))
s.listen(128)
while True:
    c, addr = s.accept()
    print('connect from', addr)
    while True:
        try:
            data = c.recv(1024)
            if data[0] == 4:  # Ctrl-D
                break
            if not data:
                break
            print('received:', data.decode('utf-8', 'replace'))
            c.sendall(data)
        except OSError:
            break
    c.close()
