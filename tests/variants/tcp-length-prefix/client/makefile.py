"""Reads from a file object, which waits for as many bytes as it is asked for."""
import socket
import struct

with socket.create_connection(('127.0.0.1', 8080)) as sock:
    stream = sock.makefile('rb')
    while True:
        header = stream.read(4)
        if len(header) < 4:
            break
        size = struct.unpack('<i', header)[0]
        body = stream.read(size)
        if len(body) < size:
            print('the last message is incomplete')
            break
        print(body.decode('utf-8'))
