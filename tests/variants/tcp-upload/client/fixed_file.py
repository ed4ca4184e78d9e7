"""Uploads a fixed file of its working folder without asking.

Loses: FIL-13
"""

import os
import socket
import time

FILE = 'Refrain.mp3'
sk = socket.socket()
sk.connect(('127.0.0.1', 9000))
sk.send(FILE.encode('utf-8'))
print('file size:%s' % os.path.getsize(FILE))
time.sleep(0.6)
with open(FILE, 'rb') as f:
    data = f.read()
sk.sendall(data)
sk.close()
print('Finish!')
