"""Forgets bind: no client knows where to send.

Fails: LIF-02 (like: no-bind)
"""

import time
import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
while True:
    msg, addr = sk.recvfrom(1024)
    try:
        time_str = time.strftime(msg.decode('utf-8'))
    except ValueError:
        time_str = '格式错误'
    sk.sendto(time_str.encode('utf-8'), addr)
