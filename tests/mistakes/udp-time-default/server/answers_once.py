"""Has no loop: it answers one request and ends.

Fails: TIM-03 (like: one-answer)
"""

from socket import *
from time import strftime

server = socket(AF_INET, SOCK_DGRAM)
server.bind(('127.0.0.1', 9000))
msg, addr = server.recvfrom(1024)
time_fmt = msg.decode('utf-8') or '%Y-%m-%d %X'
server.sendto(strftime(time_fmt).encode('utf-8'), addr)
server.close()
