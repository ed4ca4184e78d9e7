"""Sends whole pieces only; the last, shorter one is left out.

Fails: FIL-02
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
    while size >= 512:
        content = f.read(512)
        size -= len(content)
        sk.send(content)
sk.close()
print('Finish!')
