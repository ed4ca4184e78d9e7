"""Takes what accept returns for the connection; it is a pair of connection and address.

Fails: ECH-01 (like: accept-pair)
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('127.0.0.1', 8989))
server.listen(128)
while True:
    client = server.accept()
    print('connected')
    data = client.recv(1024)
    while data:
        print('received:', data.decode('utf-8', 'replace'))
        client.sendall(data)
        data = client.recv(1024)
    client.close()
