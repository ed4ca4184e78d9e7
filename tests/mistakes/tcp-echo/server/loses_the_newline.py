"""Takes a newline at the end of what came for no part of it.

Fails: ECH-01 (like: strips)
"""

import socket

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('127.0.0.1', 8000))
s.listen(5)
c, addr = s.accept()
print(f'connect from {addr}')
while True:
    data = c.recv(1024)
    if not data:
        break
    print('received:', data.decode('utf-8', 'replace'))
    c.send(data.rstrip(b'\r\n'))
c.close()
s.close()
