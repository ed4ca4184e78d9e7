"""Prints the message without the sender.

Fails: QQC-01
"""

import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.bind(('127.0.0.1', 9000))
msg, addr = sk.recvfrom(1024)
print(msg.decode('utf-8'))
sk.sendto(b'hello', addr)
sk.close()
