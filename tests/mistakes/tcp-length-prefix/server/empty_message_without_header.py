"""Sends no header for an empty message and asks again instead.

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
    if not data:
        continue
    conn.send(struct.pack('i', len(data)))
    conn.send(data)
