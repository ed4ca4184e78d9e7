"""Imports everything from socket and uses the privileged port 80 on any address."""
from socket import *

s = socket(AF_INET, SOCK_STREAM)
s.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
s.bind(('', 80))
s.listen(10)
c, a = s.accept()
c.recv(1024)
c.sendall(b'hello')
c.close()
s.close()
