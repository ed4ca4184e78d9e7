"""Receives one byte at a time and prints without newlines."""
import socket

res = socket.socket()
res.connect(('192.168.1.169', 8080))
while byte := res.recv(1):
    print(byte.decode(), end='')
res.close()
