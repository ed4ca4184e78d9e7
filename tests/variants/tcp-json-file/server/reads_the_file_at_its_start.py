"""Reads the file once, before the first client comes."""

import json
import socket
import struct

with open('视频合集', 'rb') as f:
    content = f.read()

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('192.168.1.169', 8080))
server.listen(5)

while True:
    sock, address = server.accept()
    file_dict = {
        'file_name': '视频合集',
        'file_size': len(content),
        'file_content': 'python课程',
        'file_root': 'summer',
    }
    dict_bytes = json.dumps(file_dict).encode('utf8')
    sock.send(struct.pack('i', len(dict_bytes)))
    sock.send(dict_bytes)
    sock.sendall(content)
    sock.close()
