"""Prints each piece that it sends, to see what happens: more than the file itself."""

import os
import socket
import time

sk = socket.socket()
sk.connect(('127.0.0.1', 9000))
path = input('file: ')
print('file size:', os.path.getsize(path))
sk.sendall(os.path.basename(path).encode('utf-8'))
time.sleep(1)
with open(path, 'rb') as f:
    while True:
        data = f.read(1024)
        print(data)
        if not data:
            break
        sk.sendall(data)
sk.close()
print('Finish!')
