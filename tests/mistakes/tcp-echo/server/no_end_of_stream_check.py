"""Does not check for the empty recv and loops for ever once the client has left.

Fails: CLS-02 (like: no-end-check)
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('127.0.0.1', 8000))
server.listen(5)
clientsock, clientaddr = server.accept()
print(f'connect from {clientaddr}')
while True:
    recvmessage = clientsock.recv(1024)
    print(f'接收到来自客户端的消息:{recvmessage.decode(errors="replace")}')
    clientsock.send(recvmessage)
clientsock.close()
server.close()
