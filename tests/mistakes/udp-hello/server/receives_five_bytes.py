"""Receives five bytes only: the rest of the datagram is lost.

Fails: XCH-10 (like: small-recv)
"""

import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.bind(('127.0.0.1', 9000))
msg, addr = sk.recvfrom(5)
print(addr, msg.decode(errors='ignore'))
sk.sendto(b'hello', addr)
sk.close()
