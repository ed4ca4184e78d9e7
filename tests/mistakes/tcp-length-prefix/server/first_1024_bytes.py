"""Sends the first 1024 bytes of a line only, and announces these.

Fails: HDR-01
"""

import socket
import struct

server = socket.socket()
server.bind(('127.0.0.1', 8080))
server.listen(5)
conn, addr = server.accept()
while True:
    data = input('>').encode('utf8')[:1024]
    conn.send(struct.pack('i', len(data)))
    conn.send(data)
