"""Calls listen after bind, as its name tcp_server says: a UDP socket does not know that.

Fails: LIF-02 (like: udp-listen)
"""

from socket import *
from time import strftime

tcp_server = socket(AF_INET, SOCK_DGRAM)
tcp_server.bind(('127.0.0.1', 9000))
tcp_server.listen(5)
while True:
    msg, addr = tcp_server.recvfrom(1024)
    if not msg:
        time_fmt = '%Y-%m-%d %X'
    else:
        time_fmt = msg.decode('utf-8', 'ignore').replace('\0', '')
    tcp_server.sendto(strftime(time_fmt).encode('utf-8'), addr)
