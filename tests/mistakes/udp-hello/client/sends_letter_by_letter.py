"""Sends each letter as a datagram of its own, as if they would come together again.

Fails: XCH-06
"""

import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
for letter in 'hello':
    sk.sendto(letter.encode(), ('127.0.0.1', 9000))
msg, addr = sk.recvfrom(1024)
print(addr, msg.decode())
sk.close()
