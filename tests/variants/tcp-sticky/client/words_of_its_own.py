"""Tells what it prints, with a number before each piece."""
import socket

res = socket.socket()
res.connect(('192.168.1.169', 8080))
for i in range(3):
    c = res.recv(1024)
    print('第%d次接收:【%s】' % (i + 1, c.decode('utf8')))
res.close()
