"""Counts 1024 bytes for each recv, whatever it returned.

Fails: HDR-09 (like: recv-once)
"""

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


sock = socket.socket()
sock.connect(('127.0.0.1', 8080))
while True:
    length = struct.unpack('i', receive(sock, 4))[0]
    data, left = b'', length
    while left > 0:
        size = left if left < 1024 else left // 1024 * 1024
        data += sock.recv(size)
        left -= size
    print(data.decode('utf8', errors='replace'))
