"""Takes what accept returns for the connection; it is a pair of connection and address.

Fails: XCH-01 (like: accept-pair)
"""

import socket

sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8999))
sk.listen()

conn = sk.accept()
ret = conn.recv(1024)
print(ret)
conn.send(b'hello')
conn.close()
sk.close()
