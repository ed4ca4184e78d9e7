"""Opens a new connection for every line.

Fails: XCH-09 (like: connects-each-line)
"""

import socket

client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
client.connect('./uds_socket')
while True:
    line = input('>')
    if not line:
        break
    client.send(line.encode())
    data = client.recv(1024)
    print('server says:', data.decode())
    client.close()
    client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    client.connect('./uds_socket')
client.close()
