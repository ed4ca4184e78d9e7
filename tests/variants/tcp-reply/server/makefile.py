"""Reads through a file object with peek and shuts down before it closes."""
from socket import *

s = socket(AF_INET, SOCK_STREAM)
s.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
s.bind(('', 80))
s.listen(10)
c, a = s.accept()
f = c.makefile('rb')
text = f.read1(1024)
print('from', a)
print('bytes:', len(text), sep='')
print('text:', text.decode(), sep='')
c.sendall(bytes('ok, 问题正在处理中...', 'utf-8'))
c.shutdown(SHUT_RDWR)
f.close()
c.close()
s.close()
