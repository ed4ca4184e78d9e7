"""Ends its loop one byte too early.

Fails: HDR-10
"""

import json
import socket
import struct


def receive(sock, size):
    data = b''
    while len(data) < size:
        piece = sock.recv(size - len(data))
        if not piece:
            raise SystemExit('the server has gone')
        data += piece
    return data


s = socket.socket()
s.connect(('192.168.1.169', 8080))
header = receive(s, 4)
dict_len = struct.unpack('i', header)[0]
real_dict = json.loads(receive(s, dict_len))
print(real_dict)
total_size = real_dict['file_size']
data = s.recv(total_size) if total_size else b''
while len(data) < total_size - 1:
    piece = s.recv(65536)
    if not piece:
        raise SystemExit('the server has gone')
    data += piece
with open(real_dict['file_name'], 'wb') as f:
    f.write(data)
print('文件接收完毕')
s.close()
