"""Prints everything received so far after each recv, so that bytes are shown twice.

Fails: MSG-02
"""

import socket

res = socket.socket()
res.connect(('192.168.1.169', 8080))
received = b''
while True:
    piece = res.recv(1024)
    if not piece:
        break
    received += piece
    print(received.decode('utf8'))
res.close()
