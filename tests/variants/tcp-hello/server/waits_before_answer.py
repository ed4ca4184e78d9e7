"""Sleeps 0.3 seconds before its answer."""
import socket
import time

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
server.bind(('0.0.0.0', 8080))
server.listen(128)
client, address = server.accept()
message = client.recv(1024)
print('processing ...')
time.sleep(0.3)
client.send(b'hello')
client.close()
server.close()
