"""Opens a TCP connection where UDP is asked for.

Fails: XCH-06
"""

import socket

sk = socket.socket()
sk.connect(('127.0.0.1', 9000))
sk.send('%Y-%m-%d %H:%M:%S'.encode('utf-8'))
msg, addr = sk.recvfrom(1024)
print(msg.decode('utf-8'))
sk.close()
