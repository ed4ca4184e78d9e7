"""Sets no option: after a restart the port is still taken for a while.

Fails: PRT-03, PRT-04 (like: no-reuse)
"""

import os
import socket

sk = socket.socket()
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
    print('Receive complete! file size:%s' % os.path.getsize(filename))
conn.close()
sk.close()
