"""Goes on reading while recv has returned as much as it was asked for.

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
    while len(data) % 1024 == 0:
        data += c.recv(1024)
    print(data.decode(errors='replace'))
    c.sendall(data)
c.close()
s.close()
