"""Reads the whole echo, and takes a line of blanks for the end.

Fails: XCH-06
"""

import socket

c = socket.socket(socket.AF_UNIX)
c.connect('echo.sock')
while True:
    line = input('> ')
    if not line.strip():
        break
    message = line.encode()
    c.sendall(message)
    answer = b''
    while len(answer) < len(message):
        answer += c.recv(1024)
    print(answer.decode())
c.close()
