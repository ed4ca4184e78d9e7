"""Has its try around the loop: the first bad request ends it, if without a traceback.

Fails: TIM-07
"""

import time
import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.bind(('127.0.0.1', 9000))
try:
    while True:
        msg, addr = sk.recvfrom(1024)
        time_str = time.strftime(msg.decode('utf-8'))
        sk.sendto(time_str.encode('utf-8'), addr)
except Exception as error:
    print('出错了:', error)
sk.close()
