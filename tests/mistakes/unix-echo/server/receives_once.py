"""Calls recv once only: the second message of a client is never echoed.

Fails: ECH-02, DAT-07 (like: one-message)
"""

import os
import socket

path = 'echo.sock'
if os.path.exists(path):
    os.remove(path)
server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
server.bind(path)
server.listen(5)
clientsock, clientaddr = server.accept()
print('a client has come')
recvmessage = clientsock.recv(1024)
print(f'接收到来自客户端的消息:{recvmessage.decode(errors="replace")}')
clientsock.send(recvmessage)
clientsock.close()
server.close()
os.unlink(path)
