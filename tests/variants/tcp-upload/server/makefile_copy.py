"""Copies from a file object with shutil, after the name was received."""

import os
import shutil
import socket

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 9000))
sk.listen()
conn, addr = sk.accept()
sk.close()
filename = conn.recv(1024).decode('utf-8')
if filename:
    with conn.makefile('rb') as source, open(filename, 'wb') as target:
        shutil.copyfileobj(source, target)
    print('Receive complete! file size:', os.path.getsize(filename))
conn.close()
