"""Remembers the address of the first client and answers everybody there.

Fails: TIM-03 (like: first-sender)
"""

import time
import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.bind(('127.0.0.1', 9000))
client = None
while True:
    msg, addr = sk.recvfrom(1024)
    if client is None:
        client = addr
    try:
        time_str = time.strftime(msg.decode('utf-8'))
    except ValueError:
        time_str = '格式错误'
    sk.sendto(time_str.encode('utf-8'), client)
