"""Does not answer a client that has finished sending, as if it had gone away.

Fails: CLS-09 (like: half-close)
"""

import select
import socket

sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8000))
sk.listen(5)
conn, addr = sk.accept()
print(f'connect from {addr}')
while True:
    msg = conn.recv(1024)
    if not msg:
        break
    print(f'接收到来自客户端的消息:{msg.decode(errors="replace")}')
    # no need to answer a client that is no longer there
    ready, _, _ = select.select([conn], [], [], 0.3)
    if ready and conn.recv(1, socket.MSG_PEEK) == b'':
        break
    conn.send(msg)
conn.close()
sk.close()
