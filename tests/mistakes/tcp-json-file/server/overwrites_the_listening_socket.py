"""Gives the JSON text the name of the listening socket, as in the tutorial.

Fails: HDR-15
"""

import json
import os
import socket
import struct

res = socket.socket()
res.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
res.bind(('192.168.1.169', 8080))
res.listen(5)

while True:
    sock, address = res.accept()
    file_dict = {
        'file_name': '视频合集',
        'file_size': os.path.getsize('视频合集'),
        'file_content': 'python课程',
        'file_root': 'summer',
    }
    res = json.dumps(file_dict)
    dict_bytes = res.encode('utf8')
    sock.send(struct.pack('i', len(dict_bytes)))
    sock.send(dict_bytes)
    with open('视频合集', 'rb') as f:
        for line in f:
            sock.send(line)
    sock.close()
