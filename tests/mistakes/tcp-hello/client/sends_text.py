"""Sends a str: text has to be encoded first.

Fails: DAT-01 (like: sends-text)
"""

import socket

sk = socket.socket()
sk.connect(('127.0.0.1', 8999))
sk.send('hello')
ret = sk.recv(1024)
print(ret)
sk.close()
