"""Listens without bind: the system chooses a port that nobody knows.

Fails: LIF-02 (like: no-bind)
"""

import socket
import struct

server = socket.socket()
server.listen(5)
conn, addr = server.accept()
while True:
    data = input('>').encode('utf8')
    conn.send(struct.pack('i', len(data)))
    conn.send(data)
