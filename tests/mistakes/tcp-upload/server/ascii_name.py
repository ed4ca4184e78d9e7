"""Decodes the name as ASCII.

Fails: FIL-13 (like: ascii)
"""

import os
import socket

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 9000))
sk.listen()
conn, addr = sk.accept()
filename = conn.recv(1024).decode('ascii')
if filename:
    with open(filename, 'wb') as f:
        while True:
            content = conn.recv(1048576)
            if not content:
                break
            f.write(content)
    print('Receive complete! file size:%s' % os.path.getsize(filename))
conn.close()
sk.close()
