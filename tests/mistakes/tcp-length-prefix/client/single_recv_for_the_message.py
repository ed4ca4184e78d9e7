"""Receives the message with one recv(length), which may return fewer bytes.

Fails: HDR-09 (like: recv-once)
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
    data = sock.recv(length)
    print(data.decode('utf8', errors='replace'))
