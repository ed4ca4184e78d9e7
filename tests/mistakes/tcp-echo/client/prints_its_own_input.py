"""Prints its own input as if it were the answer.

Fails: XCH-11 (like: no-print)
"""

import socket

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(('127.0.0.1', 8000))
while True:
    line = input('>')
    client.send(line.encode())
    if not line:
        break
    client.recv(1024)
    print('server says:', line)
client.close()
