"""Greets in two sends and finishes its direction before it listens."""
from socket import *

s = socket(AF_INET, SOCK_STREAM)
s.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
s.bind(('', 80))
s.listen(10)
c, a = s.accept()
c.send(b'hel')
c.send(b'lo')
c.shutdown(SHUT_WR)
print('%s:%d' % a, 'says', c.recv(4096))
c.close()
s.close()
