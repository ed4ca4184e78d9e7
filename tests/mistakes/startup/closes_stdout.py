"""Closes its standard output, then serves without a word."""

import socket
import sys

sys.stdout.close()
sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8000))
sk.listen(5)
conn, addr = sk.accept()
while True:
    msg = conn.recv(1024)
    if not msg:
        break
    conn.send(msg)
conn.close()
sk.close()
