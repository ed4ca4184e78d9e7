"""Shuts its direction down and waits for the client to leave before it closes."""

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
    data = json.dumps({'file_name': '视频合集', 'file_size': size}).encode('utf8')
    sock.send(struct.pack('i', len(data)))
    sock.send(data)
    with open('视频合集', 'rb') as f:
        sock.sendall(f.read())
    sock.shutdown(socket.SHUT_WR)
    while sock.recv(1024):
        pass
    sock.close()
