"""Ends each word with a newline.

Fails: MSG-05
"""

import socket

s = socket.socket()
s.bind(('192.168.1.169', 8080))
s.listen(5)
sock, address = s.accept()
sock.send(b'hello\n')
sock.send(b'hai\n')
sock.send(b'hahaha\n')
