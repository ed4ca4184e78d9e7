"""Takes a message of blanks for the end.

Fails: ECH-01
"""

import os
import socket

s = socket.socket(socket.AF_UNIX)
if os.path.exists('echo.sock'):
    os.remove('echo.sock')
s.bind('echo.sock')
s.listen(5)
c, addr = s.accept()
while True:
    data = c.recv(512)
    if not data.strip():
        break
    print(data.decode(errors='replace'))
    c.sendall(data)
c.close()
s.close()
os.remove('echo.sock')
