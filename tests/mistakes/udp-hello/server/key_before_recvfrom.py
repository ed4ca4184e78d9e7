"""Waits for the return key before it receives anything.

Fails: UDP-01 (like: key-before-recv)
"""

import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.bind(('127.0.0.1', 9000))
input('按回车开始接收: ')
msg, addr = sk.recvfrom(1024)
print(addr, msg.decode())
sk.sendto(b'hello', addr)
sk.close()
