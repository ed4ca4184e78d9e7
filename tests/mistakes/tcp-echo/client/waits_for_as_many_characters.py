"""Receives until as many bytes are there as the line has characters.

Fails: CLS-06
"""

import socket

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(('127.0.0.1', 8000))
while True:
    line = input('> ')
    if not line:
        break
    client.send(line.encode())
    data = b''
    while len(data) < len(line):
        piece = client.recv(1)
        if not piece:
            raise SystemExit('the server has gone')
        data += piece
    print('server says:', data.decode(errors='replace'))
client.close()
