"""Its default format is filled with UTC, all others with the local time.

Fails: TIM-04
"""

from socket import *
from time import gmtime, strftime

server = socket(AF_INET, SOCK_DGRAM)
server.bind(('127.0.0.1', 9000))
while True:
    msg, addr = server.recvfrom(1024)
    if not msg:
        answer = strftime('%Y-%m-%d %X', gmtime())
    else:
        answer = strftime(msg.decode('utf-8', 'ignore').replace('\0', ''))
    server.sendto(answer.encode('utf-8'), addr)
