"""Tells the time of utcnow, which is UTC and not the server's local time.

Fails: TIM-01
"""

from socket import *
from datetime import datetime

server = socket(AF_INET, SOCK_DGRAM)
server.bind(('127.0.0.1', 9000))
while True:
    msg, addr = server.recvfrom(1024)
    if not msg:
        time_fmt = '%Y-%m-%d %X'
    else:
        time_fmt = msg.decode('utf-8', 'ignore').replace('\0', '')
    server.sendto(datetime.utcnow().strftime(time_fmt).encode('utf-8'), addr)
