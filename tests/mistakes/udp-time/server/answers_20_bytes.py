"""Sends 20 bytes of the time, which is enough for the tutorial's format.

Fails: TIM-02
"""

import time
import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.bind(('127.0.0.1', 9000))
while True:
    msg, addr = sk.recvfrom(1024)
    try:
        time_str = time.strftime(msg.decode('utf-8'))
    except ValueError:
        time_str = '格式错误'
    sk.sendto(time_str.encode('utf-8')[:20], addr)
