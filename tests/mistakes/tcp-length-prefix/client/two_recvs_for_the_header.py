"""Receives a second time when the header is short, but not a third time.

Fails: HDR-08
"""

import socket
import struct

sock = socket.socket()
sock.connect(('127.0.0.1', 8080))
while True:
    header = sock.recv(4)
    if not header:
        break
    if len(header) < 4:
        header = header + sock.recv(4 - len(header))
    length = struct.unpack('i', header)[0]
    data = b''
    while len(data) < length:
        piece = sock.recv(length - len(data))
        if not piece:
            break
        data += piece
    print(data.decode('utf8'))
sock.close()
