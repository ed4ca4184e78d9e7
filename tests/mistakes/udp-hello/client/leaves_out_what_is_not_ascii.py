"""Decodes as ASCII and leaves out what is none: nothing is left of an answer in Chinese.

Fails: XCH-11 (like: no-print)
"""

import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.sendto('This is Client!'.encode('utf-8'), ('127.0.0.1', 9000))
msg, addr = sk.recvfrom(1024)
print(addr, msg.decode('ascii', 'ignore'))
sk.close()
