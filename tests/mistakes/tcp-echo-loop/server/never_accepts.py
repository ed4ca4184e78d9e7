"""Listens and then reads from the keyboard; accept is never called.

Fails: LIF-03 (like: key-before-accept)
"""

import socket

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('127.0.0.1', 8989))
s.listen(128)
while True:
    command = input('command: ')
    if command == 'quit':
        break
    if command == 'accept':
        c, addr = s.accept()
        c.sendall(c.recv(1024))
        c.close()
s.close()
