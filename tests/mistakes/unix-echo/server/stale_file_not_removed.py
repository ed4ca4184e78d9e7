"""Removes its file when it ends, but not the one that a killed run has left.

Fails: UNX-01
"""

import os
import socket

sk = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
sk.bind('/tmp/echo.sock')
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
os.unlink('/tmp/echo.sock')
