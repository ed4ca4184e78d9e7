"""Gives the client three tenths of a second for its answer.

Fails: XCH-07 (like: recv-limit)
"""

import socket

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('127.0.0.1', 8080))
server.listen(5)
sock, address = server.accept()
print(address)
sock.settimeout(0.3)
sock.send(b'hello')
try:
    res = sock.recv(1024)
    print(res)
except socket.timeout:
    print('客户端没有回答')
sock.close()
server.close()
