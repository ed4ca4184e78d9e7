"""Receives first, although the client never sends: both wait for ever.

Fails: MSG-05 (like: receives-first)
"""

import socket

s = socket.socket()
s.bind(('192.168.1.169', 8080))
s.listen(5)
sock, address = s.accept()
data = sock.recv(1024)
print(data)
sock.send(b'hello')
sock.send(b'hai')
sock.send(b'hahaha')
