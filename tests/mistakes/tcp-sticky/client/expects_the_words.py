"""Knows the words by heart and drops every piece that is none of them.

Fails: MSG-02
"""

import socket

res = socket.socket()
res.connect(('192.168.1.169', 8080))
while True:
    c = res.recv(1024).decode('utf8')
    if not c:
        break
    if c in ('hello', 'hai', 'hahaha'):
        print(c)
res.close()
