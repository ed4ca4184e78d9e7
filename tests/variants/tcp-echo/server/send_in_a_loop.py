"""Calls send until all is sent, instead of sendall; both options, port from the arguments."""
import socket
import sys

port = int(sys.argv[1]) if len(sys.argv) > 1 else 8000
server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
if hasattr(socket, 'SO_REUSEPORT'):
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
server.bind(('0.0.0.0', port))
server.listen(5)
conn, (ip, client_port) = server.accept()
print('ip:', ip, 'port:', client_port)
while 1:
    data = conn.recv(2048)
    if not data: break
    print(str(data, 'utf-8', 'replace'))
    sent = 0
    while sent < len(data):
        sent += conn.send(data[sent:])
conn.close()
server.close()
