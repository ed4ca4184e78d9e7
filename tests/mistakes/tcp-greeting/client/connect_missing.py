"""Receives without having connected.

Fails: LIF-12 (like: no-connect)
"""

import socket

sk = socket.socket()
ret = sk.recv(1024)
print(ret)
sk.send(b'byebye!')
sk.close()
