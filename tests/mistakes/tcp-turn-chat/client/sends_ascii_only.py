"""Drops what is not ASCII when it encodes a line.

Fails: CHT-07 (like: ascii)
"""

import socket

client = socket.socket()
client.connect(('127.0.0.1', 8080))
while True:
    data = client.recv(1024)
    if not data:
        break
    print(data.decode('utf-8'))
    line = input('>>>').strip()
    while not line:
        line = input('>>>').strip()
    client.send(line.encode('ascii', 'ignore'))
client.close()
