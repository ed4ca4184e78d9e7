"""Gives accept half a second and does not catch the timeout.

Fails: LIF-04 (like: accept-limit)
"""

import socket

sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sock.bind(('127.0.0.1', 8999))
sock.listen()

sock.settimeout(0.5)
new_sock, addr = sock.accept()
ret = new_sock.recv(1024)
print(ret)
new_sock.send(b'hello')
new_sock.close()
sock.close()
