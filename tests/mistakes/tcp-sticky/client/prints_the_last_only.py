"""Keeps the last piece only and prints that.

Fails: MSG-02
"""

import socket

res = socket.socket()
res.connect(('192.168.1.169', 8080))
for i in range(3):
    c = res.recv(1024)
    if c:
        last = c
print(last.decode('utf8'))
