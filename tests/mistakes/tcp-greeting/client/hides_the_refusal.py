"""Swallows every error, so that nobody learns that there was no server.

Fails: LIF-15 (like: hides-refusal)
"""

import socket

sk = socket.socket()
try:
    sk.connect(('127.0.0.1', 8080))
    ret = sk.recv(1024)
    print(ret)
    sk.send(b'byebye!')
except:
    pass
sk.close()
