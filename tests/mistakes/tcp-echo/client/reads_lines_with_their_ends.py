"""Reads sys.stdin, where the newline is part of the line: an empty line is not empty.

Fails: XCH-06 (like: newline)
"""

import socket
import sys

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(('127.0.0.1', 8000))
for line in sys.stdin:
    if not line:
        break
    client.send(line.encode())
    data = client.recv(1024)
    print('server says:', data.decode())
client.close()
