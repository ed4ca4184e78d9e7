"""Forgets bind: no client knows where to send.

Fails: LIF-02 (like: no-bind)
"""

from socket import *
from time import strftime

server = socket(AF_INET, SOCK_DGRAM)
while True:
    msg, addr = server.recvfrom(1024)
    if not msg:
        time_fmt = '%Y-%m-%d %X'
    else:
        time_fmt = msg.decode('utf-8', 'ignore').replace('\0', '')
    server.sendto(strftime(time_fmt).encode('utf-8'), addr)
