"""Has no loop: it sends one line and ends.

Fails: XCH-08 (like: one-line)
"""

import socket

client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
client.connect('./uds_socket')
line = input('>')
if line:
    client.send(line.encode())
    data = client.recv(1024)
    print('server says:', data.decode())
client.close()
