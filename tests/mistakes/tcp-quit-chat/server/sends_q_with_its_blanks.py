"""Compares without the blanks around what is typed, but sends them.

Fails: CHT-05
"""

import socket

s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('127.0.0.1', 8080))
s.listen(5)
while True:
    c, addr = s.accept()
    try:
        while True:
            line = input('> ')
            c.send(line.encode())
            if line.strip() == 'q':
                break
            data = c.recv(1024)
            if not data:
                break
            text = data.decode()
            if text == 'q':
                break
            print(text)
    except OSError as e:
        print(e)
    c.close()
