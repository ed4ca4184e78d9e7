"""Keeps the connection open until the client closes it."""
import socket

s = socket.socket()
s.bind(('192.168.1.169', 8080))
s.listen(5)
sock, address = s.accept()
sock.send(b'hello')
sock.send(b'hai')
sock.send(b'hahaha')
print('sent, waiting for the client to leave')
sock.recv(1024)
sock.close()
s.close()
