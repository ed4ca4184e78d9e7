"""Strips what it received.

Fails: FIL-04 (like: strips)
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
    content = b''
    while True:
        piece = conn.recv(1048576)
        if not piece:
            break
        content += piece
    with open(filename, 'wb') as f:
        f.write(content.strip())
    print('Receive complete! file size:%s' % os.path.getsize(filename))
conn.close()
sk.close()
