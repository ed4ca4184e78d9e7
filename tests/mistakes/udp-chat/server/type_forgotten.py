"""Leaves the type of the socket at its default, which is TCP: recvfrom fails.

Fails: LIF-02 (like: default-type)
"""

import socket

ip_port = ('127.0.0.1', 8081)
sk = socket.socket()
sk.bind(ip_port)
while True:
    qq_msg, addr = sk.recvfrom(1024)
    print('来自[%s:%s]的一条消息:\033[1;44m%s\033[0m' % (addr[0], addr[1], qq_msg.decode('utf-8')))
    back_msg = input('回复消息: ').strip()
    sk.sendto(back_msg.encode('utf-8'), addr)
