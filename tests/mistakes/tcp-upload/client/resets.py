"""Breaks the connection off (SO_LINGER 0) instead of closing it.

Fails: CLS-06 (like: aborts)
"""

import os
import socket
import struct
import time

path = input('path: ')
sk = socket.socket()
sk.connect(('127.0.0.1', 9000))
sk.send(os.path.basename(path).encode('utf-8'))
size = os.path.getsize(path)
print('file size:%s' % size)
time.sleep(0.5)
with open(path, 'rb') as f:
    while size:
        content = f.read(1024000)
        size -= len(content)
        sk.send(content)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
time.sleep(0.2)
sk.close()
print('Finish!')
