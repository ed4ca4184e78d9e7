"""Sends without having connected.

Fails: LIF-12 (like: no-connect)
"""

import socket

sk = socket.socket()
sk.send('你好服务端,我是客户端小明!'.encode())
data = sk.recv(1024)
print(data)
print('answer:', data.decode())
sk.close()
