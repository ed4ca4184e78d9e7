"""Has the request outside of the loop: it listens again and again, and asks once.

Fails: TIM-08
"""

import time
import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.sendto('%Y-%m-%d %H:%M:%S'.encode('utf-8'), ('127.0.0.1', 9000))
while True:
    msg, addr = sk.recvfrom(1024)
    print(msg.decode('utf-8'))
    time.sleep(0.5)
