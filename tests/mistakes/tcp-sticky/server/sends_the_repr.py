"""Makes bytes of the text of bytes: b'…' goes over the wire.

Fails: MSG-05 (like: sends-repr)
"""

import socket

s = socket.socket()
s.bind(('192.168.1.169', 8080))
s.listen(5)
sock, address = s.accept()
for word in (b'hello', b'hai', b'hahaha'):
    sock.send(str(word).encode('utf8'))
