"""Calls recv on the listening socket instead of the one that accept returned.

Fails: ECH-01 (like: uses-listener)
"""

import os
import socket

SOCK_FILE = '/tmp/chat/echo.socket'
if os.path.exists(SOCK_FILE):
    os.remove(SOCK_FILE)
server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
server.bind(SOCK_FILE)
server.listen(5)
client, addr = server.accept()
print('connected')
while True:
    data = server.recv(1024)
    if not data:
        break
    print('received:', data.decode('utf-8', 'replace'))
    server.send(data)
client.close()
server.close()
os.remove(SOCK_FILE)
