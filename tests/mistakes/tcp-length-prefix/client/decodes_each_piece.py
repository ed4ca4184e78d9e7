"""Decodes each piece on its own: a character that is cut can't be decoded.

Fails: HDR-09 (like: cuts-characters)
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
    text = ''
    while length:
        piece = sock.recv(length)
        if not piece:
            raise SystemExit('the server has gone')
        text += piece.decode('utf8')
        length -= len(piece)
    print(text)
