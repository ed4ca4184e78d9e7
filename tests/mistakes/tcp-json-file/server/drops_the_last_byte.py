"""Sends the file without its last byte.

Fails: HDR-01
"""

import json
import os
import socket
import struct

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('192.168.1.169', 8080))
server.listen(5)

while True:
    sock, address = server.accept()
    size = os.path.getsize('视频合集')
    dict_bytes = json.dumps({'file_name': '视频合集', 'file_size': size}).encode('utf8')
    sock.send(struct.pack('i', len(dict_bytes)))
    sock.send(dict_bytes)
    with open('视频合集', 'rb') as f:
        sock.sendall(f.read(max(0, size - 1)))
    sock.close()
