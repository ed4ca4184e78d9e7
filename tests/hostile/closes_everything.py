"""Closes every descriptor that it was given.

Tries: to have nobody see what it does
Stopped by: process
Without: the same: the wire decides, and what was not printed is missing
Deserves: Fails: XCH-10, LIF-06
Shows: nothing
"""

import os
import socket

os.closerange(0, 4096)

sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8000))
sk.listen(5)
conn, addr = sk.accept()
while True:
    data = conn.recv(1024)
    if not data:
        break
    conn.sendall(data)
conn.close()
sk.close()
