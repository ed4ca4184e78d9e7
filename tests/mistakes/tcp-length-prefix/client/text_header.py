"""Expects the length as text.

Fails: HDR-03
"""

import socket

sock = socket.socket()
sock.connect(('127.0.0.1', 8080))
while True:
    header = sock.recv(4)
    if not header:
        break
    length = int(header.decode('utf8'))
    print(sock.recv(length).decode('utf8'))
sock.close()
