"""Writes the length as text, filled with zeros to four places.

Fails: HDR-01
"""

import socket

server = socket.socket()
server.bind(('127.0.0.1', 8080))
server.listen(5)
conn, addr = server.accept()
while True:
    data = input('>').encode('utf8')
    header = str(len(data)).zfill(4)
    conn.send(header.encode('utf8'))
    conn.send(data)
