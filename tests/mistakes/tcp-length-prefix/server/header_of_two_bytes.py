"""Packs the length with h: 2 bytes, which can't count beyond 32 767.

Fails: HDR-01
"""

import socket
import struct

server = socket.socket()
server.bind(('127.0.0.1', 8080))
server.listen(5)
conn, addr = server.accept()
while True:
    data = input('>').encode('utf8')
    conn.send(struct.pack('h', len(data)))
    conn.send(data)
