"""Overwrites an older file from its beginning and leaves the rest.

Fails: FIL-12
"""

import os
import socket

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 9000))
sk.listen()
conn, addr = sk.accept()
filename = conn.recv(1024)
if filename:
    mode = 'r+b' if os.path.exists(filename) else 'wb'
    with open(filename, mode) as f:
        while True:
            content = conn.recv(1048576)
            if not content:
                break
            f.write(content)
    print('Receive complete! file size:%s' % os.path.getsize(filename))
conn.close()
sk.close()
