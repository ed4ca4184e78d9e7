"""Announces the length of header and message together.

Fails: HDR-02 (like: counts-header)
"""

import socket
import struct

server = socket.socket()
server.bind(('127.0.0.1', 8080))
server.listen(5)
conn, addr = server.accept()
while True:
    data = input('>').encode('utf8')
    conn.send(struct.pack('i', len(data) + 4))
    conn.send(data)
