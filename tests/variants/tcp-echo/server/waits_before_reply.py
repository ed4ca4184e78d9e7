"""Sleeps 0.3 seconds before each reply."""
import socket
import time

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((socket.gethostname(), 8000))
server.listen(5)
clientsock, clientaddr = server.accept()
print(f'connect from {clientaddr}')
while True:
    recvmessage = clientsock.recv(1024 * 1024)
    if not recvmessage:
        break
    print(f'received: {recvmessage.decode(errors="replace")}')
    time.sleep(0.3)
    clientsock.send(recvmessage)
clientsock.close()
server.close()
