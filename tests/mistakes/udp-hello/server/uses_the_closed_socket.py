"""Asks the socket for its name when it is closed already.

Fails: CLS-13
"""

import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.bind(('127.0.0.1', 9000))
msg, addr = sk.recvfrom(1024)
print(addr, msg.decode())
sk.sendto(b'hello', addr)
sk.close()
print('closed', sk.getsockname())
