"""Takes a recv of less than its size for the end.

Fails: FIL-04 (like: recv-once)
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
        while True:
            content = conn.recv(1048576)
            if not content:
                break
            f.write(content)
            if len(content) < 1048576:
                break
    print('Receive complete! file size:%s' % os.path.getsize(filename))
conn.close()
sk.close()
