"""Forgets listen: accept fails on a socket that does not listen.

Fails: LIF-02 (like: no-listen)
"""

import socket

s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('127.0.0.1', 8999))
c, addr = s.accept()
ret = c.recv(1024)
print(ret)
c.send(b'hello')
c.close()
s.close()
