"""Sends the text alone: without the header its end can't be told.

Fails: HDR-01
"""

import socket

server = socket.socket()
server.bind(('127.0.0.1', 8080))
server.listen(5)
conn, addr = server.accept()
while True:
    data = input('>').encode('utf8')
    conn.send(data)
