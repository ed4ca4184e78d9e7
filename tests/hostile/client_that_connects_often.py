"""A client that opens 300 connections beside its own.

Tries: to use up the descriptors of the grader
Stopped by: wire
Without: the same: they are counted
Deserves: Fails: XCH-09
Shows: nothing
Role: client
"""

import socket



sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.connect(('127.0.0.1', 8000))
others = [socket.socket() for _ in range(300)]
for other in others:
    other.setblocking(False)
    other.connect_ex(('127.0.0.1', 8000))
while True:
    text = input('> ')
    if not text:
        break
    sk.sendall(text.encode())
    print(sk.recv(1024).decode())
sk.close()
