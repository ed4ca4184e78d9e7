"""Prints the bytes as they are, until the end of the stream."""
import socket

with socket.create_connection(('127.0.0.1', 8080)) as sock:
    while True:
        data = sock.recv(4096)
        if data == b'':
            break
        print(data)
