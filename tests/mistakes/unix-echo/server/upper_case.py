"""Echoes in capital letters.

Fails: ECH-01 (like: upper-case)
"""

import os
import socket

server_address = './uds_socket'
try:
    os.unlink(server_address)
except OSError:
    pass
server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
server.bind(server_address)
server.listen(5)
client, addr = server.accept()
print('connected')
while True:
    data = client.recv(1024)
    if not data:
        break
    print('received:', data.decode('utf-8', 'replace'))
    client.send(data.upper())
client.close()
server.close()
os.remove(server_address)
