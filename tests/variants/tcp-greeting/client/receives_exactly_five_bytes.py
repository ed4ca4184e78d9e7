"""Waits for the five bytes that the contract says, and for no more."""
import socket

with socket.create_connection(('127.0.0.1', 8080)) as client:
    greeting = b''
    while len(greeting) < len(b'hello'):
        piece = client.recv(len(b'hello') - len(greeting))
        if not piece:
            break
        greeting += piece
    client.sendall(b'byebye!')
print(greeting)
