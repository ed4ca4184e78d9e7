"""Removes the file before bind only: when the server has ended the file is still there.

Fails: UNX-02
"""

import os
import socket

PATH = '/tmp/echo.sock'
if os.path.exists(PATH):
    os.unlink(PATH)
sk = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
sk.bind(PATH)
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
