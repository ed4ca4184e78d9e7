"""Takes NULs off the end of a message.

Fails: ECH-01
"""

import socket

s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('127.0.0.1', 8000))
s.listen(5)
c, addr = s.accept()
print('client', addr)
while True:
    data = c.recv(1024)
    if not data:
        break
    data = data.rstrip(b'\0')
    print(data.decode(errors='replace'))
    c.sendall(data)
c.close()
s.close()
