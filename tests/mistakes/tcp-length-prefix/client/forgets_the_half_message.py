"""Keeps what is left in a buffer, but empties it after each round: a half message is lost.

Fails: HDR-08
"""

import socket
import struct

sock = socket.socket()
sock.connect(('127.0.0.1', 8080))
while True:
    buffer = sock.recv(1000000)
    if not buffer:
        break
    while len(buffer) >= 4:
        length = struct.unpack('i', buffer[:4])[0]
        print(buffer[4:4 + length].decode('utf8', errors='replace'))
        buffer = buffer[4 + length:]
