"""Does not show what it receives.

Fails: XCH-10 (like: no-print)
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('127.0.0.1', 8000))
server.listen(5)
client, addr = server.accept()
print(f'connect from {addr}')
while True:
    data = client.recv(1024)
    if not data:
        break
    print('one message received')
    client.send(data)
client.close()
server.close()
