"""Calls recv once only: the second message of a client is never echoed.

Fails: ECH-02, DAT-07 (like: one-message)
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('127.0.0.1', 8000))
server.listen(5)
clientsock, clientaddr = server.accept()
print(f'connect from {clientaddr}')
recvmessage = clientsock.recv(1024)
print(f'接收到来自客户端的消息:{recvmessage.decode(errors="replace")}')
clientsock.send(recvmessage)
clientsock.close()
server.close()
