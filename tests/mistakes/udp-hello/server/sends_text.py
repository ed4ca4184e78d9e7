"""Sends text instead of bytes: sendto raises a TypeError.

Fails: UDP-03 (like: sends-text)
"""

import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.bind(('127.0.0.1', 9000))
msg, addr = sk.recvfrom(1024)
print(addr, msg.decode())
sk.sendto('hello', addr)
sk.close()
