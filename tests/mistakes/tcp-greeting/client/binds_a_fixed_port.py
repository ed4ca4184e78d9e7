"""Binds a fixed local port, so it cannot run twice at the same time.

Fails: LIF-13 (like: fixed-port)
"""

import socket

sk = socket.socket()
sk.bind(('127.0.0.1', 9090))
sk.connect(('127.0.0.1', 8080))
ret = sk.recv(1024)
print(ret)
sk.send(b'byebye!')
sk.close()
