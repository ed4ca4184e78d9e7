"""Sends back what it was sent instead of its own greeting.

Fails: XCH-01
"""

import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.bind(('127.0.0.1', 9000))
msg, addr = sk.recvfrom(1024)
print(addr, msg.decode())
sk.sendto(b'echo: ' + msg, addr)
sk.close()
