"""Does not set SO_REUSEADDR, so it cannot be restarted at once.

Fails: PRT-03, PRT-04 (like: no-reuse)
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.bind(('127.0.0.1', 8989))
server.listen(128)
while True:
    clientsock, clientaddr = server.accept()
    print('connect from', clientaddr)
    while True:
        try:
            recvmessage = clientsock.recv(1024)
            if not recvmessage:
                break
            print(f'接收到来自客户端的消息:{recvmessage.decode(errors="replace")}')
            clientsock.sendall(recvmessage)
        except OSError:
            break
    clientsock.close()
