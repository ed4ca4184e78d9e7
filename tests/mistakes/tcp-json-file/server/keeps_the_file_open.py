"""Opens the file once and reads on where the last client left it: at its end.

Fails: HDR-15
"""

import json
import os
import socket
import struct

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('192.168.1.169', 8080))
server.listen(5)

f = open('视频合集', 'rb')
while True:
    sock, address = server.accept()
    file_dict = {
        'file_name': '视频合集',
        'file_size': os.path.getsize('视频合集'),
        'file_content': 'python课程',
        'file_root': 'summer',
    }
    dict_bytes = json.dumps(file_dict).encode('utf8')
    sock.send(struct.pack('i', len(dict_bytes)))
    sock.send(dict_bytes)
    for line in f:
        sock.send(line)
    sock.close()
