"""Waits for a key before it accepts its client.

Fails: LIF-03 (like: key-before-accept)
"""

import socket

sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sock.bind(('127.0.0.1', 8999))
sock.listen()

input('按回车键开始')
new_sock, addr = sock.accept()
ret = new_sock.recv(1024)
print(ret)
new_sock.send(b'hello')
new_sock.close()
sock.close()
