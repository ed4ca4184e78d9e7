"""Does not answer a client that has finished sending, as if it had gone away.

Fails: CLS-09 (like: half-close)
"""

import select
import socket

sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8999))
sk.listen()

conn, addr = sk.accept()
ret = conn.recv(1024)
print(ret)
# is the client still there?
ready, _, _ = select.select([conn], [], [], 0.3)
if ready and conn.recv(1024) == b'':
    print('the client has left:', addr)
else:
    conn.send(b'hello')
conn.close()
sk.close()
