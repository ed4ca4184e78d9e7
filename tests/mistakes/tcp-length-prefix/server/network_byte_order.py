"""Packs the length in network byte order, the highest byte first.

Fails: HDR-17 (like: byte-order)
"""

import socket
import struct

server = socket.socket()
server.bind(('127.0.0.1', 8080))
server.listen(5)
conn, addr = server.accept()
while True:
    data = input('>').encode('utf8')
    conn.send(struct.pack('!i', len(data)) + data)
