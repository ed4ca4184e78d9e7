"""Waits for the return key before it receives anything.

Fails: UDP-01 (like: key-before-recv)
"""

from socket import *
from time import strftime

server = socket(AF_INET, SOCK_DGRAM)
server.bind(('127.0.0.1', 9000))
while True:
    input('按回车开始等待客户端 ')
    msg, addr = server.recvfrom(1024)
    if not msg:
        time_fmt = '%Y-%m-%d %X'
    else:
        time_fmt = msg.decode('utf-8', 'ignore').replace('\0', '')
    server.sendto(strftime(time_fmt).encode('utf-8'), addr)
