"""Closes the listening socket right after the first accept, so nobody can queue.

Fails: LIF-07 (like: listener-closed)
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
server.close()
os.unlink(path)
while True:
    recvmessage = clientsock.recv(1024)
    if not recvmessage:
        break
    print(f'接收到来自客户端的消息:{recvmessage.decode(errors="replace")}')
    clientsock.send(recvmessage)
clientsock.close()
