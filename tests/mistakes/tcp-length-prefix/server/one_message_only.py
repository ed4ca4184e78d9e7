"""Sends one message and ends: there is no loop.

Fails: HDR-05 (like: one-line)
"""

import socket
import struct

server = socket.socket()
server.bind(('127.0.0.1', 8080))
server.listen(5)
conn, addr = server.accept()
data = input('>').encode('utf8')
conn.send(struct.pack('i', len(data)))
conn.send(data)
conn.close()
server.close()
