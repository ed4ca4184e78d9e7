"""Compares without the blanks around what is typed, but sends them.

Fails: CHT-05
"""

import socket

c = socket.socket()
c.connect(('127.0.0.1', 8080))
while True:
    data = c.recv(1024)
    if not data:
        break
    text = data.decode()
    if text == 'q':
        break
    print(text)
    line = input('> ')
    c.send(line.encode())
    if line.strip() == 'q':
        break
c.close()
