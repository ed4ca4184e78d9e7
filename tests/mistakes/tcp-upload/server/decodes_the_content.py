"""Decodes the content as UTF-8.

Fails: FIL-04
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
    with open(filename, 'w', encoding='utf8', newline='') as f:
        while True:
            content = conn.recv(1048576)
            if not content:
                break
            f.write(content.decode('utf8'))
    print('Receive complete! file size:%s' % os.path.getsize(filename))
conn.close()
sk.close()
