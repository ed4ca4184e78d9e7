"""Keeps the whole file in memory and then writes it."""

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
content = receive(s, total_size)
with open(real_dict['file_name'], 'wb') as f:
    f.write(content)
print('saved', len(content), 'bytes')
s.close()
