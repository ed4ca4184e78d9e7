"""Takes the time once, when it starts, and tells it for ever.

Fails: TIM-01
"""

from socket import *
from time import localtime, strftime

server = socket(AF_INET, SOCK_DGRAM)
server.bind(('127.0.0.1', 9000))
now = localtime()
while True:
    msg, addr = server.recvfrom(1024)
    if not msg:
        time_fmt = '%Y-%m-%d %X'
    else:
        time_fmt = msg.decode('utf-8', 'ignore').replace('\0', '')
    server.sendto(strftime(time_fmt, now).encode('utf-8'), addr)
