"""Receives 1024 bytes at a time, cuts the message out, and throws the rest away.

Fails: HDR-18
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
    data = b''
    while len(data) < length:
        piece = sock.recv(1024)
        if not piece:
            raise SystemExit('the server has gone')
        data += piece
    print(data[:length].decode('utf8', errors='replace'))
