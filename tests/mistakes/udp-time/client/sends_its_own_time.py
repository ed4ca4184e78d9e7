"""Sends its own time instead of the format.

Fails: XCH-06
"""

import time
import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.sendto(time.strftime('%Y-%m-%d %H:%M:%S').encode('utf-8'), ('127.0.0.1', 9000))
msg, addr = sk.recvfrom(1024)
print(msg.decode('utf-8'))
sk.close()
