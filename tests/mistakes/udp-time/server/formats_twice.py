"""Takes the text that strftime made for a format once more.

Fails: TIM-02
"""

import time
import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.bind(('127.0.0.1', 9000))
while True:
    msg, addr = sk.recvfrom(1024)
    try:
        time_fmt = time.strftime(msg.decode('utf-8'))
        sk.sendto(time.strftime(time_fmt).encode('utf-8'), addr)
    except ValueError:
        sk.sendto('格式错误'.encode('utf-8'), addr)
