"""Reads from a file object, and waits for a key at the end."""

import json
import socket
import struct

with socket.create_connection(('127.0.0.1', 8080)) as sock, sock.makefile('rb') as stream:
    size, = struct.unpack('<i', stream.read(4))
    info = json.loads(stream.read(size).decode('utf-8'))
    for key, value in info.items():
        print(key, '=', value)
    content = stream.read(info['file_size'])
    if len(content) == info['file_size']:
        with open(info['file_name'], 'wb') as f:
            f.write(content)
        print('done:', info['file_name'])
    else:
        raise SystemExit('incomplete')
input('press Enter ')
