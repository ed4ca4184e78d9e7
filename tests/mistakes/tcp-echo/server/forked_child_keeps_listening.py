"""Ends, but a child process that it forked keeps the port open.

Fails: PRT-11
"""

import os
import socket

sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8000))
sk.listen(5)
conn, addr = sk.accept()
print(f'connect from {addr}')
if os.fork() == 0:
    # the child takes the clients that come later
    conn.close()
    while True:
        conn, addr = sk.accept()
        conn.send(conn.recv(1024))
        conn.close()
while True:
    msg = conn.recv(1024)
    if not msg:
        break
    print(f'接收到来自客户端的消息:{msg.decode(errors="replace")}')
    conn.send(msg)
conn.close()
sk.close()
