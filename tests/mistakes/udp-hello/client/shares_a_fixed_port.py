"""Binds a port of its own with SO_REUSEADDR: two of them take each other's answers.

Fails: UDP-04
"""

import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 9001))
sk.sendto('This is Client!'.encode('utf-8'), ('127.0.0.1', 9000))
msg, addr = sk.recvfrom(1024)
print(addr, msg.decode())
sk.close()
