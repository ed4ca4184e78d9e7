"""Removes its file as soon as it has a client, so nobody finds the way to the queue.

Fails: LIF-07
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
os.unlink(path)
while True:
    recvmessage = clientsock.recv(1024)
    if not recvmessage:
        break
    print(f'接收到来自客户端的消息:{recvmessage.decode(errors="replace")}')
    clientsock.send(recvmessage)
clientsock.close()
server.close()
