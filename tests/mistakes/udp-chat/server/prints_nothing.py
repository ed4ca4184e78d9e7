"""Asks for a reply without having shown the message.

Fails: QQC-01 (like: no-print)
"""

import socket

ip_port = ('127.0.0.1', 8081)
sk = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sk.bind(ip_port)
while True:
    qq_msg, addr = sk.recvfrom(1024)
    back_msg = input('回复消息: ').strip()
    sk.sendto(back_msg.encode('utf-8'), addr)
