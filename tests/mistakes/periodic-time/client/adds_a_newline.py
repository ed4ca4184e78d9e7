"""Sends a newline behind the format.

Fails: XCH-06 (like: newline)
"""

import time
import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.settimeout(1)
while True:
    sk.sendto('%Y-%m-%d %H:%M:%S\n'.encode('utf-8'), ('127.0.0.1', 9000))
    try:
        msg, addr = sk.recvfrom(1024)
        print(msg.decode('utf-8'))
    except socket.timeout:
        print('没有回答')
    time.sleep(0.5)
