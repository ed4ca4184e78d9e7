"""Packs the length into the first byte alone, so that it ends at a line of 256 bytes or more.

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
    conn.send(struct.pack('B3x', len(data)) + data)
