"""Opens a new connection for every line.

Fails: XCH-09 (like: connects-each-line)
"""

import socket

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(('127.0.0.1', 8000))
while True:
    line = input('>')
    if not line:
        break
    client.send(line.encode())
    data = client.recv(1024)
    print('server says:', data.decode())
    client.close()
    client = socket.socket()
    client.connect(('127.0.0.1', 8000))
client.close()
