"""Keeps what it has received in a buffer and cuts whole messages out of it."""
import socket
import struct

sock = socket.socket()
sock.connect(('127.0.0.1', 8080))
buffer = b''
while True:
    piece = sock.recv(1024)
    if not piece:
        break
    buffer += piece
    while len(buffer) >= 4:
        length = struct.unpack('i', buffer[:4])[0]
        if len(buffer) < 4 + length:
            break
        print('收到:', buffer[4:4 + length].decode('utf8'))
        buffer = buffer[4 + length:]
sock.close()
