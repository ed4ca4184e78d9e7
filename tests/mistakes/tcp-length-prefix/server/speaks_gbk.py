"""Encodes the text with GBK instead of UTF-8.

Fails: HDR-02
"""

import socket
import struct

server = socket.socket()
server.bind(('127.0.0.1', 8080))
server.listen(5)
conn, addr = server.accept()
while True:
    data = input('>').encode('gbk')
    conn.send(struct.pack('i', len(data)))
    conn.send(data)
