"""Decodes as ASCII and leaves out what is none: nothing is left of a message in Chinese.

Fails: QQC-01 (like: no-print)
"""

import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.bind(('127.0.0.1', 9000))
msg, addr = sk.recvfrom(1024)
print(addr, msg.decode('ascii', 'ignore'))
sk.sendto(b'hello', addr)
sk.close()
