"""Answers every request in the default format.

Fails: TIM-02
"""

from socket import *
from time import strftime

server = socket(AF_INET, SOCK_DGRAM)
server.bind(('127.0.0.1', 9000))
while True:
    msg, addr = server.recvfrom(1024)
    print('===>', msg)
    time_fmt = '%Y-%m-%d %X'
    server.sendto(strftime(time_fmt).encode('utf-8'), addr)
