"""Sends a str: only bytes can be sent.

Fails: MSG-05 (like: sends-text)
"""

import socket

s = socket.socket()
s.bind(('192.168.1.169', 8080))
s.listen(5)
sock, address = s.accept()
sock.send('hello')
sock.send('hai')
sock.send('hahaha')
