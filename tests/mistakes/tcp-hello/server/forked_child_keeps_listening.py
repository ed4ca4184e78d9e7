"""Ends, but a child process that it forked keeps the port open.

Fails: PRT-11
"""

import os
import socket

sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8999))
sk.listen()

conn, addr = sk.accept()
if os.fork() == 0:
    # the child takes the clients that come later
    conn.close()
    while True:
        conn, addr = sk.accept()
        conn.recv(1024)
        conn.send(b'hello')
        conn.close()
ret = conn.recv(1024)
print(ret)
conn.send(b'hello')
conn.close()
sk.close()
