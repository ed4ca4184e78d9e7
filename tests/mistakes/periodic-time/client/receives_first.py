"""Waits for the time before it has asked for it.

Fails: XCH-04 (like: receives-first)
"""

import time
import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
while True:
    try:
        msg, addr = sk.recvfrom(1024)
        print(msg.decode('utf-8'))
    except socket.timeout:
        print('没有回答')
    sk.sendto('%Y-%m-%d %H:%M:%S'.encode('utf-8'), ('127.0.0.1', 9000))
    time.sleep(0.5)
