"""Has the whole file, and then waits for the server to close.

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
file_size = 0
with open(real_dict['file_name'], 'wb') as f:
    while file_size < total_size:
        data = s.recv(min(1024, total_size - file_size))
        if not data:
            break
        f.write(data)
        file_size += len(data)
if total_size:
    s.recv(1)
if file_size >= total_size:
    print('文件接收完毕')
s.close()
