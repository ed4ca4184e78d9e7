"""Prints nothing for an empty message.

Fails: MSG-03
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
    data = receive(sock, length)
    if data:
        print(data.decode('utf8'))
