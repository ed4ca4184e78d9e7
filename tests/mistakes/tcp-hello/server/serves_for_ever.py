"""Goes back to accept for ever although it should end after its one client.

Fails: CLS-13, PRT-11 (like: serves-on)
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('127.0.0.1', 8999))
server.listen()

while True:
    clientsock, clientaddr = server.accept()
    ret = clientsock.recv(1024)
    print(ret)
    clientsock.send(b'hello')
    clientsock.close()
