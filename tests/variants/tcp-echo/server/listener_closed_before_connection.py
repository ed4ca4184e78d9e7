"""Closes the listener before the connection, both by the end of with-statements."""
import socket
from contextlib import ExitStack

with ExitStack() as stack:
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(('127.0.0.1', 8000))
    server.listen(5)
    clientsock, clientaddr = server.accept()
    stack.enter_context(clientsock)
    stack.enter_context(server)
    print('connect from', clientaddr)
    while True:
        message = clientsock.recv(4096)
        if message == b'':
            break
        print('message from client:', message.decode('utf-8', 'replace'))
        clientsock.sendall(message)
