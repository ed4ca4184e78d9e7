"""Strips the line before it is sent: blanks at its ends are lost.

Fails: HDR-05
"""

import socket
import struct

server = socket.socket()
server.bind(('127.0.0.1', 8080))
server.listen(5)
conn, addr = server.accept()
while True:
    data = input('>').strip().encode('utf8')
    conn.send(struct.pack('i', len(data)))
    conn.send(data)
