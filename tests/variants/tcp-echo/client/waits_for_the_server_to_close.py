"""Says with a half-close that it has finished, and closes when the server has closed."""

import socket

sk = socket.socket()
sk.connect(('127.0.0.1', 8000))
while True:
    line = input('>>> ')
    if not line:
        break
    sk.sendall(line.encode('utf-8'))
    print(sk.recv(1024).decode('utf-8'))
sk.shutdown(socket.SHUT_WR)
while sk.recv(1024):
    pass
sk.close()
