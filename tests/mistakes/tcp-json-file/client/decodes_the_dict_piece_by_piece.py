"""Decodes the dict piece by piece: a character that is cut can't be decoded.

Fails: HDR-09 (like: cuts-characters)
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
text = ''
while dict_len:
    piece = s.recv(dict_len)
    if not piece:
        raise SystemExit('the server has gone')
    text += piece.decode('utf8')
    dict_len -= len(piece)
real_dict = json.loads(text)
print(real_dict)
total_size = real_dict['file_size']
file_size = 0
with open(real_dict['file_name'], 'wb') as f:
    while file_size < total_size:
        data = s.recv(min(1024, total_size - file_size))
        if not data:
            break
        f.write(data)
        file_size += len(data)
if file_size == total_size:
    print('文件接收完毕')
s.close()
