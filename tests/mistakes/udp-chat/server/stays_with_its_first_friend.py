"""Connects to whoever wrote first: nobody else is heard from then on.

Fails: UDP-03 (like: connected-udp)
"""

import socket

ip_port = ('127.0.0.1', 8081)
sk = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sk.bind(ip_port)
while True:
    qq_msg, addr = sk.recvfrom(1024)
    print('来自[%s:%s]的一条消息:\033[1;44m%s\033[0m' % (addr[0], addr[1], qq_msg.decode('utf-8')))
    back_msg = input('回复消息: ').strip()
    sk.connect(addr)
    sk.send(back_msg.encode('utf-8'))
