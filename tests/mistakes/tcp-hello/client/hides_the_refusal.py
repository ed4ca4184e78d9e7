"""Swallows every error, so that nobody learns that there was no server.

Fails: LIF-15 (like: hides-refusal)
"""

import socket

sk = socket.socket()
try:
    sk.connect(('127.0.0.1', 8999))
    sk.send(b'hello')
    ret = sk.recv(1024)
    print(ret)
except:
    pass
sk.close()
