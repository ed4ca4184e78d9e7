"""Reads one byte only: closing with unread bytes sends RST instead of a clean end.

Fails: CLS-07 (like: small-recv)
"""

import socket

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('127.0.0.1', 8999))
s.listen()

c, addr = s.accept()
ret = c.recv(1)
print(ret)
c.send(b'hello')
c.close()
s.close()
