"""Asks for the message before it accepts, so the client stays in the queue.

Fails: LIF-03 (like: key-before-accept)
"""

import socket
import struct

server = socket.socket()
server.bind(('127.0.0.1', 8080))
server.listen(5)
data = input('message: ').encode('utf8')
conn, addr = server.accept()
while True:
    conn.send(struct.pack('i', len(data)))
    conn.send(data)
    data = input('message: ').encode('utf8')
