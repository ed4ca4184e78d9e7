"""Gives each recv half a second and does not catch the timeout.

Fails: FIL-05 (like: recv-limit)
"""

import os
import socket

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 9000))
sk.listen()
conn, addr = sk.accept()
filename = conn.recv(1024)
conn.settimeout(0.5)
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
