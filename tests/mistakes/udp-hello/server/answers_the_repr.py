"""Makes text of its bytes with str(), which adds b and quotes.

Fails: XCH-01 (like: sends-repr)
"""

import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.bind(('127.0.0.1', 9000))
msg, addr = sk.recvfrom(1024)
print(addr, msg.decode())
sk.sendto(str(b'hello').encode(), addr)
sk.close()
