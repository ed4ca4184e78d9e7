"""Tells the time of gmtime, which is UTC and not the server's local time.

Fails: TIM-01
"""

import time
import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.bind(('127.0.0.1', 9000))
while True:
    msg, addr = sk.recvfrom(1024)
    try:
        time_str = time.strftime(msg.decode('utf-8'), time.gmtime())
    except ValueError:
        time_str = '格式错误'
    sk.sendto(time_str.encode('utf-8'), addr)
