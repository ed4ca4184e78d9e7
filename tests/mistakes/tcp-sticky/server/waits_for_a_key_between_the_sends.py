"""Waits for the return key before each further send.

Fails: MSG-05
"""

import socket

s = socket.socket()
s.bind(('127.0.0.1', 8080))
s.listen(5)
sock, address = s.accept()
for word in ('hello', 'hai', 'hahaha'):
    sock.send(word.encode('utf8'))
    input('sent %s, press Enter ' % word)
sock.close()
