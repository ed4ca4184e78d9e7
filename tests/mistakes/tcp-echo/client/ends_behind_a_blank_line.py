"""Sends a line of blanks, shows its answer, and ends.

Fails: XCH-06
"""

import socket

c = socket.socket()
c.connect(('127.0.0.1', 8000))
while True:
    line = input('> ')
    if line:
        c.sendall(line.encode())
        print(c.recv(1024).decode())
    if not line.strip():
        break
c.close()
