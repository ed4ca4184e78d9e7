"""Ignores the format and answers what ctime makes of the time.

Fails: TIM-01
"""

from socket import *
from time import ctime

server = socket(AF_INET, SOCK_DGRAM)
server.bind(('127.0.0.1', 9000))
while True:
    msg, addr = server.recvfrom(1024)
    server.sendto(ctime().encode('utf-8'), addr)
