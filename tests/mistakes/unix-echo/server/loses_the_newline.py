"""Takes a newline at the end of what came for no part of it.

Fails: ECH-01 (like: strips)
"""

import os
import socket

PATH = '/tmp/echo.sock'
if os.path.exists(PATH):
    os.unlink(PATH)
s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
s.bind(PATH)
s.listen(5)
c, addr = s.accept()
print('connected')
while True:
    data = c.recv(1024)
    if not data:
        break
    print('received:', data.decode('utf-8', 'replace'))
    c.send(data.rstrip(b'\r\n'))
c.close()
s.close()
os.unlink(PATH)
