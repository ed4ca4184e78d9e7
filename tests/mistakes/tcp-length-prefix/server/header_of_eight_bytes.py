"""Packs the length with q: 8 bytes.

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
    conn.send(struct.pack('q', len(data)))
    conn.send(data)
