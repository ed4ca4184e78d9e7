"""Receives five bytes at a time, the length of the first word.

Fails: MSG-02
"""

import socket

res = socket.socket()
res.connect(('192.168.1.169', 8080))
for i in range(3):
    c = res.recv(5)
    print(c.decode('utf8'))
