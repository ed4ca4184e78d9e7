"""Sends without having connected.

Fails: LIF-12 (like: no-connect)
"""

import socket

sk = socket.socket()
sk.send(b'hello')
ret = sk.recv(1024)
print(ret)
sk.close()
