"""Reads lines: a message without a newline is never echoed.

Fails: ECH-01 (like: waits-for-more)
"""

import socket

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('127.0.0.1', 8000))
s.listen(5)
c, addr = s.accept()
print(f'connect from {addr}')
rest = b''
while True:
    data = c.recv(1024)
    if not data:
        break
    print('received:', data.decode('utf-8', 'replace'))
    rest += data
    while b'\n' in rest:
        line, rest = rest.split(b'\n', 1)
        c.send(line + b'\n')
c.send(rest)
c.close()
s.close()
