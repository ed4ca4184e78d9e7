"""Opens the file anew for each piece, so that only the last is left.

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
    with open(filename, 'wb') as f:
        pass
    while True:
        content = conn.recv(65536)
        if not content:
            break
        with open(filename, 'wb') as f:
            f.write(content)
    print('Receive complete! file size:%s' % os.path.getsize(filename))
conn.close()
sk.close()
