"""Binds host and port with AF_UNIX: there the address is a path.

Fails: LIF-02
"""

import socket

sk = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
sk.bind(('127.0.0.1', 8000))
sk.listen(5)
conn, _ = sk.accept()
print('a client has come')
while True:
    msg = conn.recv(1024)
    if not msg:
        break
    print(f'接收到来自客户端的消息:{msg.decode(errors="replace")}')
    conn.send(msg)
conn.close()
sk.close()
