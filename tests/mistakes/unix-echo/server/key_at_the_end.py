"""Waits for a key after the client has left instead of ending.

Fails: CLS-13 (like: key-at-the-end)
"""

import os
import socket

server_address = './uds_socket'
try:
    os.unlink(server_address)
except OSError:
    pass
server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
server.bind(server_address)
server.listen(5)
clientsock, clientaddr = server.accept()
print('a client has come')
while True:
    recvmessage = clientsock.recv(1024)
    if not recvmessage:
        break
    print(f'接收到来自客户端的消息:{recvmessage.decode(errors="replace")}')
    clientsock.send(recvmessage)
clientsock.close()
server.close()
os.remove(server_address)
input('按回车键退出')
