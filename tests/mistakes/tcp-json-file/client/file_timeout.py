"""Gives the server three tenths of a second for each piece of the file.

Fails: HDR-11 (like: recv-limit)
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
file_size = 0
s.settimeout(0.3)
with open(real_dict['file_name'], 'wb') as f:
    while file_size < total_size:
        try:
            data = s.recv(min(4096, total_size - file_size))
        except TimeoutError:
            break
        if not data:
            break
        f.write(data)
        file_size += len(data)
print('文件接收完毕')
s.close()
