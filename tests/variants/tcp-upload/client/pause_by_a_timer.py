"""Pauses between name and content until a timer's signal comes, and prints the size in groups."""

import os
import signal
import socket

path = input('file: ')
print(f'{os.path.getsize(path):,} bytes')
sk = socket.socket()
sk.connect(('127.0.0.1', 9000))
sk.sendall(os.path.basename(path).encode())
signal.signal(signal.SIGALRM, lambda *args: None)
signal.setitimer(signal.ITIMER_REAL, 1)
signal.pause()
with open(path, 'rb') as file:
    while piece := file.read(65536):
        sk.sendall(piece)
sk.close()
print('Finish!')
