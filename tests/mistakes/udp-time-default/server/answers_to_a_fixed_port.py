"""Answers to a port of its own choice instead of the one the request came from.

Fails: TIM-03 (like: fixed-answer)
"""

from socket import *
from time import strftime

server = socket(AF_INET, SOCK_DGRAM)
server.bind(('127.0.0.1', 9000))
while True:
    msg, addr = server.recvfrom(1024)
    if not msg:
        time_fmt = '%Y-%m-%d %X'
    else:
        time_fmt = msg.decode('utf-8', 'ignore').replace('\0', '')
    server.sendto(strftime(time_fmt).encode('utf-8'), ('127.0.0.1', 9001))
