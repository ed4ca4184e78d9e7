"""Does not catch ConnectionResetError: one client that aborts ends the server.

Fails: SRV-03, SRV-05 (like: reset)
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('127.0.0.1', 8989))
server.listen(128)
while True:
    clientsock, clientaddr = server.accept()
    print('connect from', clientaddr)
    while True:
        recvmessage = clientsock.recv(1024)
        if not recvmessage:
            break
        print(f'接收到来自客户端的消息:{recvmessage.decode(errors="replace")}')
        clientsock.sendall(recvmessage)
    clientsock.close()
