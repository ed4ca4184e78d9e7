"""Looks at the answer with MSG_PEEK and never takes it: close then ends the server with an error.

Fails: CLS-06
"""

import socket

client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
client.connect('./uds_socket')
while True:
    line = input('>')
    if not line:
        break
    client.send(line.encode())
    data = client.recv(1024, socket.MSG_PEEK)
    print('server says:', data.decode())
client.close()
