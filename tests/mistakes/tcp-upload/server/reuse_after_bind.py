"""Sets the option after bind, which is too late.

Fails: PRT-03, PRT-04 (like: late-reuse)
"""

import os
import socket

sk = socket.socket()
sk.bind(('127.0.0.1', 9000))
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
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
    print('Receive complete! file size:%s' % os.path.getsize(filename))
conn.close()
sk.close()
