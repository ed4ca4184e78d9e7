"""Has no loop: it answers one request and ends.

Fails: TIM-03 (like: one-answer)
"""

import time
import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.bind(('127.0.0.1', 9000))
msg, addr = sk.recvfrom(1024)
time_str = time.strftime(msg.decode('utf-8'))
sk.sendto(time_str.encode('utf-8'), addr)
sk.close()
