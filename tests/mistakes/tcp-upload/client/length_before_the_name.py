"""Sends the length of the name before it, as another protocol would.

Fails: FIL-01
"""

import os
import socket
import struct
import time

path = input('path: ')
sk = socket.socket()
sk.connect(('127.0.0.1', 9000))
name = os.path.basename(path).encode('utf-8')
sk.send(struct.pack('i', len(name)) + name)
size = os.path.getsize(path)
print('file size:%s' % size)
time.sleep(0.5)
with open(path, 'rb') as f:
    while size:
        content = f.read(1024000)
        size -= len(content)
        sk.send(content)
sk.close()
print('Finish!')
