"""Does not check for the empty recv and loops for ever once the client has left.

Fails: CLS-02 (like: no-end-check)
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
clientsock, clientaddr = server.accept()
print('a client has come')
while True:
    recvmessage = clientsock.recv(1024)
    print(f'接收到来自客户端的消息:{recvmessage.decode(errors="replace")}')
    clientsock.send(recvmessage)
clientsock.close()
server.close()
os.remove(address)
