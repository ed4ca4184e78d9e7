"""Decodes without try: a request that is no UTF-8 ends the server.

Fails: TIM-07
"""

from socket import *
from time import strftime

server = socket(AF_INET, SOCK_DGRAM)
server.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
server.bind(('127.0.0.1', 9000))
while True:
    msg, addr = server.recvfrom(1024)
    if not msg:
        time_fmt = '%Y-%m-%d %X'
    else:
        time_fmt = msg.decode('utf-8')
    server.sendto(strftime(time_fmt).encode('utf-8'), addr)
