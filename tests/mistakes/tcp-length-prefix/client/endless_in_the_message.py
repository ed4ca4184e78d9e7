"""Looks for the end of the stream in the header, but not in the message.

Fails: HDR-13 (like: no-end-check)
"""

import socket
import struct

sock = socket.socket()
sock.connect(('127.0.0.1', 8080))
while True:
    header = b''
    while len(header) < 4:
        piece = sock.recv(4 - len(header))
        if not piece:
            raise SystemExit
        header += piece
    length = struct.unpack('i', header)[0]
    data = b''
    while len(data) < length:
        data += sock.recv(length - len(data))
    print(data.decode('utf8'))
