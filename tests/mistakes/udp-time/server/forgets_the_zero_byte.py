"""Catches what is no UTF-8, but not the zero byte that strftime refuses.

Fails: TIM-07
"""

import time
import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.bind(('127.0.0.1', 9000))
while True:
    msg, addr = sk.recvfrom(1024)
    try:
        time_str = time.strftime(msg.decode('utf-8'))
    except UnicodeDecodeError:
        time_str = '格式错误'
    sk.sendto(time_str.encode('utf-8'), addr)
