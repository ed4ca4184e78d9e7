"""Reads the whole echo, and takes a line of blanks for the end.

Fails: XCH-06
"""

import socket

c = socket.socket()
c.connect(('127.0.0.1', 8000))
while True:
    line = input('> ')
    if line.isspace() or line == '':
        break
    message = line.encode()
    c.sendall(message)
    answer = b''
    while len(answer) < len(message):
        answer += c.recv(1024)
    print(answer.decode())
c.close()
