"""Uses the tuple that unpack returns as if it were the number.

Fails: HDR-03 (like: unpack-pair)
"""

import socket
import struct

sock = socket.socket()
sock.connect(('127.0.0.1', 8080))
while True:
    header = sock.recv(4)
    if not header:
        break
    length = struct.unpack('i', header)
    data = sock.recv(length)
    print(data.decode('utf8'))
sock.close()
