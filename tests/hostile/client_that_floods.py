"""A client that sends without end.

Tries: to fill the memory of the grader with 8 MiB
Stopped by: wire
Without: the same: what does not belong there is told after its first bytes
Deserves: Fails: XCH-06, XCH-11
Shows: nothing
Role: client
"""

import socket



sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.connect(('127.0.0.1', 8000))
while True:
    text = input('> ')
    if not text:
        break
    sk.sendall(text.encode() + b'A' * (8 << 20))
    print(sk.recv(1024).decode())
sk.close()
