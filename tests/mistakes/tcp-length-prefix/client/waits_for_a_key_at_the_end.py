"""Waits for a key when the stream has ended too early.

Fails: HDR-13 (like: key-at-the-end)
"""

import socket
import struct


def receive(sock, size):
    data = b''
    while len(data) < size:
        piece = sock.recv(size - len(data))
        if not piece:
            input('connection lost, press Enter ')
            raise SystemExit
        data += piece
    return data


sock = socket.socket()
sock.connect(('127.0.0.1', 8080))
while True:
    length = struct.unpack('i', receive(sock, 4))[0]
    print(receive(sock, length).decode('utf8'))
