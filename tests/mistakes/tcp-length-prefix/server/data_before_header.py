"""Sends the message first and its length behind it.

Fails: HDR-05
"""

import socket
import struct

server = socket.socket()
server.bind(('127.0.0.1', 8080))
server.listen(5)
conn, addr = server.accept()
while True:
    data = input('>').encode('utf8')
    conn.send(data)
    conn.send(struct.pack('i', len(data)))
