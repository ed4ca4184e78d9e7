"""Calls the connection by the name of the listening socket, and then accepts on it.

Fails: SRV-01 (like: accepts-on-closed)
"""

import socket

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('127.0.0.1', 8989))
s.listen(128)
while True:
    s, addr = s.accept()
    print('connect from', addr)
    while True:
        try:
            data = s.recv(1024)
            if not data:
                break
            print('received:', data.decode('utf-8', 'replace'))
            s.sendall(data)
        except OSError:
            break
    s.close()
