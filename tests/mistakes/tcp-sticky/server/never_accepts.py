"""Waits for a key before it accepts, so the client stays in the queue.

Fails: LIF-03 (like: key-before-accept)
"""

import socket

s = socket.socket()
s.bind(('192.168.1.169', 8080))
s.listen(5)
input('press Enter when the client has started ')
sock, address = s.accept()
sock.send(b'hello')
sock.send(b'hai')
sock.send(b'hahaha')
