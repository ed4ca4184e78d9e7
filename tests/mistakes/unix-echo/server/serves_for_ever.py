"""Goes back to accept for ever although it should end after its one client.

Fails: CLS-13, PRT-11 (like: serves-on)
"""

import os
import socket

address = '/var/run/echo.sock'
try:
    os.remove(address)
except FileNotFoundError:
    pass
server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
server.bind(address)
server.listen(5)
while True:
    clientsock, clientaddr = server.accept()
    print('a client has come')
    while True:
        recvmessage = clientsock.recv(1024)
        if not recvmessage:
            break
        print(f'接收到来自客户端的消息:{recvmessage.decode(errors="replace")}')
        clientsock.send(recvmessage)
    clientsock.close()
