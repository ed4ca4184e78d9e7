"""Leaves the type of the socket at its default, which is TCP: recvfrom fails.

Fails: LIF-02 (like: default-type)
"""

import socket

sk = socket.socket()
sk.bind(('127.0.0.1', 9000))
msg, addr = sk.recvfrom(1024)
print(addr, msg.decode())
sk.sendto(b'hello', addr)
sk.close()
