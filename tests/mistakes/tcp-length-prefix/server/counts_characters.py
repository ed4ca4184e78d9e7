"""Puts the number of characters into the header.

Fails: HDR-02 (like: characters)
"""

import socket
import struct

server = socket.socket()
server.bind(('127.0.0.1', 8080))
server.listen(5)
conn, addr = server.accept()
while True:
    line = input('>')
    conn.send(struct.pack('i', len(line)))
    conn.send(line.encode('utf8'))
