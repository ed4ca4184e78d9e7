"""Receives twice, because in the tutorial's sample two words came as one.

Fails: MSG-02
"""

import socket

res = socket.socket()
res.connect(('192.168.1.169', 8080))
c = res.recv(1024)
print(c.decode('utf8'))
c = res.recv(1024)
print(c.decode('utf8'))
res.close()
