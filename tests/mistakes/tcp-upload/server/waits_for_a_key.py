"""Waits for a key before it accepts, so the client stays in the queue.

Fails: LIF-03 (like: key-before-accept)
"""

import os
import socket

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 9000))
sk.listen()
input('press Enter to begin ')
conn, addr = sk.accept()
filename = conn.recv(1024)
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
