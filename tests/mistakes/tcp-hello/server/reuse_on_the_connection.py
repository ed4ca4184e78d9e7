"""Sets SO_REUSEADDR on the accepted socket instead of the listening one.

Fails: PRT-03, PRT-04 (like: late-reuse)
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.bind(('127.0.0.1', 8999))
server.listen()

clientsock, clientaddr = server.accept()
clientsock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
ret = clientsock.recv(1024)
print(ret)
clientsock.send(b'hello')
clientsock.close()
server.close()
