"""Prints the dict as JSON, in which Chinese characters are escaped, and goodbye in any case."""

import json
import socket
import struct


def receive(sk, count):
    data = b''
    while len(data) < count:
        piece = sk.recv(count - len(data))
        if not piece:
            raise EOFError('the server left')
        data += piece
    return data


sk = socket.socket()
sk.connect(('127.0.0.1', 8000))
try:
    (length,) = struct.unpack('i', receive(sk, 4))
    header = json.loads(receive(sk, length))
    print(json.dumps(header, indent=4))
    content = receive(sk, header['file_size'])
    with open(header['file_name'], 'wb') as file:
        file.write(content)
    print('saved', header['file_name'])
except EOFError:
    print('incomplete')
finally:
    sk.close()
    print('connection closed')
