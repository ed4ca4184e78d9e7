"""Calls recv on the listening socket instead of the one that accept returned.

Fails: ECH-01 (like: uses-listener)
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('127.0.0.1', 8000))
server.listen(5)
client, addr = server.accept()
print(f'connect from {addr}')
while True:
    data = server.recv(1024)
    if not data:
        break
    print('received:', data.decode('utf-8', 'replace'))
    server.send(data)
client.close()
server.close()
