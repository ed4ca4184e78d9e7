"""Receives as many bytes as each word has, and hopes that each recv gives them.

Fails: MSG-02
"""

import socket

res = socket.socket()
res.connect(('192.168.1.169', 8080))
print(res.recv(5).decode('utf8'))
print(res.recv(3).decode('utf8'))
print(res.recv(6).decode('utf8'))
res.close()
