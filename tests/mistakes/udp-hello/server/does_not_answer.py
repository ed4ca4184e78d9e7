"""Prints the message and forgets the answer.

Fails: UDP-03
"""

import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.bind(('127.0.0.1', 9000))
msg, addr = sk.recvfrom(1024)
print(addr, msg.decode())
sk.close()
