"""Has an endless loop where one answer is asked for.

Fails: UDP-15
"""

import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.bind(('127.0.0.1', 9000))
while True:
    msg, addr = sk.recvfrom(1024)
    print(addr, msg.decode())
    sk.sendto(b'hello', addr)
sk.close()
