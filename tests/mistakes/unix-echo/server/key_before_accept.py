"""Waits for a key before it accepts its client.

Fails: LIF-03 (like: key-before-accept)
"""

import os
import socket

SOCK_FILE = '/tmp/chat/echo.socket'
if os.path.exists(SOCK_FILE):
    os.remove(SOCK_FILE)
s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
s.bind(SOCK_FILE)
s.listen(5)
input('press Enter to accept a client ')
c, addr = s.accept()
print('connected')
while True:
    data = c.recv(1024)
    if not data:
        break
    print('received:', data.decode('utf-8', 'replace'))
    c.send(data)
c.close()
s.close()
os.remove(SOCK_FILE)
