"""Counts to five and ends, although nobody has stopped it.

Fails: TIM-08
"""

import time
import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.settimeout(1)
for i in range(5):
    sk.sendto('%Y-%m-%d %H:%M:%S'.encode('utf-8'), ('127.0.0.1', 9000))
    try:
        msg, addr = sk.recvfrom(1024)
        print(msg.decode('utf-8'))
    except socket.timeout:
        print('没有回答')
    time.sleep(0.5)
