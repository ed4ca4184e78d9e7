"""Connects to port 8000, where its server never was."""

import socket

sk = socket.socket()
sk.connect(('127.0.0.1', 8000))
while True:
    line = input('>>>')
    if not line:
        break
    sk.sendall(line.encode('utf-8'))
    print(sk.recv(1024).decode('utf-8'))
sk.close()
