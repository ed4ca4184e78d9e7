"""Keeps the connection open and waits for a key.

Fails: FIL-09 (like: key-at-the-end)
"""

import os
import socket
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
print('Finish!')
input('press Enter to quit ')
