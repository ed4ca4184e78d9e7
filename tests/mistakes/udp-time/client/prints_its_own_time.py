"""Prints its own local time instead of what the server told.

Fails: TIM-05
"""

import time
import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.sendto('%Y-%m-%d %H:%M:%S'.encode('utf-8'), ('127.0.0.1', 9000))
msg, addr = sk.recvfrom(1024)
print(time.strftime('%Y-%m-%d %H:%M:%S'))
sk.close()
