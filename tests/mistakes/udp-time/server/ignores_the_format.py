"""Ignores the format and answers what ctime makes of the time.

Fails: TIM-01
"""

import time
import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.bind(('127.0.0.1', 9000))
while True:
    msg, addr = sk.recvfrom(1024)
    sk.sendto(time.ctime().encode('utf-8'), addr)
