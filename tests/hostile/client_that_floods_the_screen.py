"""A client that prints without end while it waits for the keyboard.

Tries: to have 8 MiB of output kept
Stopped by: output
Without: the same: after 1 MiB nobody reads, and it waits in its print
Deserves: Fails: XCH-04
Shows: nothing
Role: client
"""

import socket



sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.connect(('127.0.0.1', 8000))
print('A' * (8 << 20))
while True:
    text = input('> ')
    if not text:
        break
    sk.sendall(text.encode())
    print(sk.recv(1024).decode())
sk.close()
