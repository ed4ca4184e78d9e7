"""Calls no close: the end of the process closes the socket."""
from socket import *
s = socket()
s.connect(('127.0.0.1', 8080))
print(s.recv(1024).decode('utf8'))
s.send('byebye!'.encode('utf8'))
