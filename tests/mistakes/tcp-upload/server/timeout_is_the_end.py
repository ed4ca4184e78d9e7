"""Takes half a second of silence for the end.

Fails: FIL-05 (like: recv-limit)
"""

import os
import socket

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 9000))
sk.listen()
conn, addr = sk.accept()
conn.settimeout(0.5)
filename = conn.recv(1024)
if filename:
    with open(filename, 'wb') as f:
        while True:
            try:
                content = conn.recv(1048576)
            except socket.timeout:
                break
            if not content:
                break
            f.write(content)
    print('Receive complete! file size:%s' % os.path.getsize(filename))
conn.close()
sk.close()
