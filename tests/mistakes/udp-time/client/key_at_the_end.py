"""Waits for a key at the end, so that the window stays open.

Fails: CLS-13 (like: key-at-the-end)
"""

import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.sendto('%Y-%m-%d %H:%M:%S'.encode('utf-8'), ('127.0.0.1', 9000))
msg, addr = sk.recvfrom(1024)
print(msg.decode('utf-8'))
sk.close()
input('按回车键退出')
