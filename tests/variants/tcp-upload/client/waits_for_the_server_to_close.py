"""Says with a half-close that it has finished, and waits until the server has read it all."""

import os
import socket
import time

path = input('path: ')
print(os.path.getsize(path))
sk = socket.socket()
sk.connect(('127.0.0.1', 9000))
sk.sendall(os.path.basename(path).encode())
time.sleep(1)
with open(path, 'rb') as file:
    sk.sendfile(file)
sk.shutdown(socket.SHUT_WR)
while sk.recv(100):
    pass
sk.close()
print('Finish!')
