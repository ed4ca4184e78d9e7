"""Sends everything in one sendall, Chinese as it is, with the byte order written out."""

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
    file_dict = {
        'file_name': '视频合集',
        'file_size': os.path.getsize('视频合集'),
        'file_content': 'python课程',
        'file_root': 'summer',
    }
    dict_bytes = json.dumps(file_dict, ensure_ascii=False, indent=2).encode('utf8')
    with open('视频合集', 'rb') as f:
        sock.sendall(struct.pack('<i', len(dict_bytes)) + dict_bytes + f.read())
    sock.close()
