"""Unpacks two bytes of the header with a sign: a long message has a negative length.

Fails: HDR-09
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
    header = receive(sock, 4)
    length = struct.unpack('h', header[:2])[0]
    print(receive(sock, length).decode('utf8'))
