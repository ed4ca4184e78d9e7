"""Closes with SO_LINGER 0: the server sees an error instead of a clean end.

Fails: CLS-06 (like: aborts)
"""

import socket
import struct

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(('127.0.0.1', 8000))
# so that the port is free again at once
client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
while True:
    line = input('>')
    if not line:
        break
    client.send(line.encode())
    data = client.recv(1024)
    print('server says:', data.decode())
client.close()
