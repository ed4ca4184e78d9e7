"""Answers on the listening socket instead of the one that accept returned.

Fails: XCH-01 (like: uses-listener)
"""

import socket

sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sock.bind(('127.0.0.1', 8999))
sock.listen()

new_sock, addr = sock.accept()
ret = new_sock.recv(1024)
print(ret)
sock.send(b'hello')
new_sock.close()
sock.close()
