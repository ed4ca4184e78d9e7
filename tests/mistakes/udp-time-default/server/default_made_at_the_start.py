"""Makes its default answer when it starts, and tells that time for ever.

Fails: TIM-04
"""

from socket import *
from time import strftime

server = socket(AF_INET, SOCK_DGRAM)
server.bind(('127.0.0.1', 9000))
default = strftime('%Y-%m-%d %X')
while True:
    msg, addr = server.recvfrom(1024)
    if not msg:
        answer = default
    else:
        answer = strftime(msg.decode('utf-8', 'ignore').replace('\0', ''))
    server.sendto(answer.encode('utf-8'), addr)
