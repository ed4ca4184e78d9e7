"""Writes the length as four hexadecimal digits.

Fails: HDR-17
"""

import socket

server = socket.socket()
server.bind(('127.0.0.1', 8080))
server.listen(5)
conn, addr = server.accept()
while True:
    data = input('>').encode('utf8')
    conn.send(('%04x' % len(data)).encode())
    conn.send(data)
