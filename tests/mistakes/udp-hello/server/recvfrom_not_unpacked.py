"""Takes what recvfrom returns for the message, although it is message and address.

Fails: UDP-03, XCH-10 (like: recvfrom-pair)
"""

import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.bind(('127.0.0.1', 9000))
msg = sk.recvfrom(1024)
print(msg.decode())
sk.sendto(b'hello', msg[1])
sk.close()
