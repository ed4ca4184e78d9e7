"""Collects all messages, and sends them when there are no more lines.

Fails: HDR-01
"""

import socket
import struct

server = socket.socket()
server.bind(('127.0.0.1', 8080))
server.listen(5)
conn, addr = server.accept()
messages = b''
while True:
    try:
        data = input('>').encode('utf8')
    except EOFError:
        break
    messages += struct.pack('i', len(data)) + data
conn.sendall(messages)
conn.close()
server.close()
