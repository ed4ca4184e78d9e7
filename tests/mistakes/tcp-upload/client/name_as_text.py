"""Sends the name as a str: only bytes can be sent.

Fails: FIL-01 (like: sends-text)
"""

import os
import socket
import time

path = input('path: ')
sk = socket.socket()
sk.connect(('127.0.0.1', 9000))
sk.send(os.path.basename(path))
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
