"""Always answers in the format that its own client uses.

Fails: TIM-02
"""

import time
import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.bind(('127.0.0.1', 9000))
while True:
    msg, addr = sk.recvfrom(1024)
    time_str = time.strftime('%Y-%m-%d %H:%M:%S')
    sk.sendto(time_str.encode('utf-8'), addr)
