"""Prints how long the message is, but not the message.

Fails: HDR-03
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
    data = sock.recv(length)
    print('received', len(data), 'bytes')
sock.close()
