"""Sends the text of the bytes, with b and quotes.

Fails: XCH-06 (like: sends-repr)
"""

import socket

sk = socket.socket()
sk.connect(('127.0.0.1', 8989))
message = '你好服务端,我是客户端小明!'.encode()
sk.send(str(message).encode())
data = sk.recv(1024)
print(data)
print('answer:', data.decode())
sk.close()
