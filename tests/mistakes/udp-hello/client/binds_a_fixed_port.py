"""Binds a port of its own, so that a second one can't run beside it.

Fails: UDP-04 (like: fixed-port)
"""

import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.bind(('127.0.0.1', 9001))
sk.sendto('This is Client!'.encode('utf-8'), ('127.0.0.1', 9000))
msg, addr = sk.recvfrom(1024)
print(addr, msg.decode())
sk.close()
