"""Receives the header byte by byte and the message in small pieces."""
import socket
import struct


def recv_exactly(sock, n, step):
    chunks = []
    while n:
        chunk = sock.recv(min(n, step))
        if not chunk:
            raise EOFError
        chunks.append(chunk)
        n -= len(chunk)
    return b''.join(chunks)


sock = socket.socket()
sock.connect(('127.0.0.1', 8080))
try:
    while True:
        n = struct.unpack('i', recv_exactly(sock, 4, 1))[0]
        print('%d bytes:' % n, recv_exactly(sock, n, 100).decode())
except EOFError:
    pass
sock.close()
