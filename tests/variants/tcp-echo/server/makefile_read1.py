"""Reads and writes the connection as files."""
import socket

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('127.0.0.1', 8000))
server.listen(5)
clientsock, clientaddr = server.accept()
print(f'connect from {clientaddr}')
reader = clientsock.makefile('rb')
writer = clientsock.makefile('wb')
while True:
    data = reader.read1(8192)
    if not data:
        break
    print(f'received: {data.decode("utf-8", "replace")}')
    writer.write(data)
    writer.flush()
writer.close()
reader.close()
clientsock.close()
server.close()
