"""Sends without connect.

Fails: FIL-01 (like: no-connect)
"""

import os
import socket
import time

path = input('path: ')
sk = socket.socket()
sk.send(os.path.basename(path).encode('utf-8'))
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
