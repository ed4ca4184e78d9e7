"""Listens without bind: the system chooses a port that nobody knows.

Fails: LIF-02 (like: no-bind)
"""

import socket

s = socket.socket()
s.listen(5)
print('listening on', s.getsockname())
sock, address = s.accept()
sock.send(b'hello')
sock.send(b'hai')
sock.send(b'hahaha')
