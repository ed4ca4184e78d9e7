"""Makes a datagram socket: connect to a stream server fails.

Fails: LIF-12
"""

import socket

client = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
client.connect('/tmp/echo.sock')
while True:
    line = input('>')
    if not line:
        break
    client.send(line.encode())
    print(client.recv(1024).decode())
client.close()
