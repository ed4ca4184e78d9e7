"""Leaves the type of the socket at its default, which is TCP: sendto fails.

Fails: UDP-14 (like: default-type)
"""

import socket

sk = socket.socket()
sk.sendto('This is Client!'.encode('utf-8'), ('127.0.0.1', 9000))
msg, addr = sk.recvfrom(1024)
print(addr, msg.decode())
sk.close()
