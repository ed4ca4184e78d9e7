"""Sends text instead of bytes.

Fails: DAT-01 (like: sends-text)
"""

import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.sendto('This is Client!', ('127.0.0.1', 9000))
msg, addr = sk.recvfrom(1024)
print(addr, msg.decode())
sk.close()
