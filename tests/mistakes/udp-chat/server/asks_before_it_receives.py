"""Asks for the reply before it has received a message.

Fails: UDP-01 (like: key-before-recv)
"""

import socket

ip_port = ('127.0.0.1', 8081)
sk = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sk.bind(ip_port)
while True:
    back_msg = input('回复消息: ').strip()
    qq_msg, addr = sk.recvfrom(1024)
    print('来自[%s:%s]的一条消息:\033[1;44m%s\033[0m' % (addr[0], addr[1], qq_msg.decode('utf-8')))
    sk.sendto(back_msg.encode('utf-8'), addr)
