"""Does not answer a client that has finished sending, as if it had gone away.

Fails: CLS-09 (like: half-close)
"""

import os
import select
import socket

path = 'echo.sock'
if os.path.exists(path):
    os.remove(path)
sk = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
sk.bind(path)
sk.listen(5)
conn, addr = sk.accept()
print('connected')
while True:
    msg = conn.recv(1024)
    if not msg:
        break
    print(f'接收到来自客户端的消息:{msg.decode(errors="replace")}')
    # no need to answer a client that is no longer there
    ready, _, _ = select.select([conn], [], [], 0.1)
    if ready and conn.recv(1, socket.MSG_PEEK) == b'':
        break
    conn.send(msg)
conn.close()
sk.close()
os.unlink(path)
