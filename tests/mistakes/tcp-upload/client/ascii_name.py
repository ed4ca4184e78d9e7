"""Encodes the name as ASCII.

Fails: FIL-13
"""

import os
import socket
import time

path = input('path: ')
sk = socket.socket()
sk.connect(('127.0.0.1', 9000))
sk.send(os.path.basename(path).encode('ascii', 'replace'))
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
