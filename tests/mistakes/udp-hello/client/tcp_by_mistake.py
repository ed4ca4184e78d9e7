"""Opens a TCP connection where UDP is asked for.

Fails: UDP-14
"""

import socket

sk = socket.socket()
sk.connect(('127.0.0.1', 9000))
sk.send('This is Client!'.encode('utf-8'))
msg = sk.recv(1024)
print(msg.decode())
sk.close()
