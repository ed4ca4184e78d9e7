"""Takes an empty line for the end.

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
        break
    conn.send(struct.pack('i', len(data)))
    conn.send(data)
conn.close()
server.close()
