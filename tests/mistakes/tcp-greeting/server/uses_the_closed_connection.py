"""Says one thing more on the connection that it has closed.

Fails: CLS-13
"""

import socket

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('192.168.1.169', 8080))
server.listen(5)
sock, address = server.accept()
print(sock, address)
sock.send(b'hello')
res = sock.recv(1024)
print(res)
sock.close()
sock.send(b'bye')
server.close()
