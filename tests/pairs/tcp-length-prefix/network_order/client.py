"""Reads the length in network byte order, as its server writes it."""

import socket
import struct


def receive(sk, size):
    data = b''
    while len(data) < size:
        piece = sk.recv(size - len(data))
        if not piece:
            raise SystemExit
        data += piece
    return data


sk = socket.socket()
sk.connect(('127.0.0.1', 8080))
while True:
    (length,) = struct.unpack('!i', receive(sk, 4))
    print(receive(sk, length).decode('utf-8'))
