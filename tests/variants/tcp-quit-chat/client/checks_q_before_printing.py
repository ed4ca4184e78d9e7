"""Tests for q before it prints, so a received q is not shown."""
import socket

sk = socket.socket()
sk.connect(('127.0.0.1', 9000))
while True:
    msg = sk.recv(1024).decode('utf-8')
    if msg == 'q' or not msg:
        break
    print(msg)
    inp = input('>>>')
    sk.sendall(inp.encode('utf-8'))
    if inp == 'q':
        break
sk.close()
