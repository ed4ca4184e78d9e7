"""Opens the file when the first content comes: an empty one is never made.

Fails: FIL-11
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
    content = conn.recv(1048576)
    if content:
        with open(filename, 'wb') as f:
            while content:
                f.write(content)
                content = conn.recv(1048576)
        print('Receive complete! file size:%s' % os.path.getsize(filename))
    else:
        print('nothing received')
conn.close()
sk.close()
