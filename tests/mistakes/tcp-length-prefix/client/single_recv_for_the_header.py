"""Receives the header with one recv(4), which may return fewer bytes.

Fails: HDR-08 (like: recv-once)
"""

import socket
import struct

sock = socket.socket()
sock.connect(('127.0.0.1', 8080))
while True:
    header = sock.recv(4)
    if not header:
        break
    length = struct.unpack('i', header)[0]
    data = b''
    while len(data) < length:
        piece = sock.recv(length - len(data))
        if not piece:
            break
        data += piece
    print(data.decode('utf8'))
sock.close()
