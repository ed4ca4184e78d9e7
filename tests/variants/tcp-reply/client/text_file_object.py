"""Talks through a text file object."""
import socket

sock = socket.socket()
sock.connect(('127.0.0.1', 8989))
stream = sock.makefile('rw', encoding='utf-8', newline='')
stream.write('你好服务端,我是客户端小明!')
stream.flush()
print('answer', stream.read())
stream.close()
sock.close()
