"""Tries again for ever when nobody listens.

Fails: LIF-15 (like: retries)
"""

import socket

while True:
    sk = socket.socket()
    try:
        sk.connect(('127.0.0.1', 8080))
        break
    except ConnectionRefusedError:
        sk.close()
ret = sk.recv(1024)
print(ret)
sk.send(b'byebye!')
sk.close()
