"""Answers an empty request in the format that somebody asked for before.

Fails: TIM-04
"""

from socket import *
from time import strftime

server = socket(AF_INET, SOCK_DGRAM)
server.bind(('127.0.0.1', 9000))
time_fmt = '%Y-%m-%d %X'
while True:
    msg, addr = server.recvfrom(1024)
    if msg:
        time_fmt = msg.decode('utf-8', 'ignore').replace('\0', '')
    server.sendto(strftime(time_fmt).encode('utf-8'), addr)
