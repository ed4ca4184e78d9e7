"""Connects its UDP socket, so that send and recv do."""
import socket

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    s.connect(('127.0.0.1', 9000))
    s.send(b'hello')
    print(s.recv(4096).decode('utf-8', 'replace'))
