"""Closes the listening socket right after the first accept, so nobody can queue.

Fails: LIF-07 (like: listener-closed)
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('127.0.0.1', 8000))
server.listen(5)
clientsock, clientaddr = server.accept()
print(f'connect from {clientaddr}')
server.close()
while True:
    recvmessage = clientsock.recv(1024)
    if not recvmessage:
        break
    print(f'接收到来自客户端的消息:{recvmessage.decode(errors="replace")}')
    clientsock.send(recvmessage)
clientsock.close()
