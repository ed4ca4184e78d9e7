"""Calls accept without having called listen.

Fails: LIF-02 (like: no-listen)
"""

import os
import socket

PATH = './uds_socket'
if os.path.exists(PATH):
    os.unlink(PATH)
sk = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
sk.bind(PATH)
conn, _ = sk.accept()
while True:
    msg = conn.recv(1024)
    if not msg:
        break
    print(msg.decode())
    conn.send(msg)
conn.close()
sk.close()
os.unlink(PATH)
