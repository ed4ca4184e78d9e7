"""Speaks GBK, as its server does."""

import socket

sk = socket.socket()
sk.connect(('127.0.0.1', 8989))
sk.send('你好服务端,我是客户端小明!'.encode('gbk'))
print(sk.recv(1024).decode('gbk'))
sk.close()
