"""Pauses for no longer than the contract asks for."""
import os
import socket
import time

path = input('file: ')
sk = socket.socket()
sk.connect(('127.0.0.1', 9000))
print(os.path.getsize(path))
sk.sendall(os.path.basename(path).encode())
time.sleep(0.3)
with open(path, 'rb') as file:
    while piece := file.read(1024):
        sk.sendall(piece)
sk.close()
print('Finish!')
