"""Has recv itself wait for all bytes, with MSG_WAITALL."""
import socket
import struct

sock = socket.socket()
sock.connect(('127.0.0.1', 8080))
while True:
    header = sock.recv(4, socket.MSG_WAITALL)
    if len(header) < 4:
        break
    length = struct.unpack('i', header)[0]
    body = sock.recv(length, socket.MSG_WAITALL) if length else b''
    if len(body) < length:
        break
    print(body)
sock.close()
