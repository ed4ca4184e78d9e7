"""Sends the words in another order.

Fails: MSG-05
"""

import socket

s = socket.socket()
s.bind(('192.168.1.169', 8080))
s.listen(5)
sock, address = s.accept()
for word in {'hai': 3, 'hello': 5, 'hahaha': 6}:
    sock.send(word.encode('utf8'))
sock.close()
