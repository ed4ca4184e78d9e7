"""Prints nothing, as in the tutorial.

"""
import socket
sk = socket.socket() # 创建对象
sk.connect(('127.0.0.1',8999)) # 连接服务器,指定服务器的IP和端口
sk.send(b'hello') # 给服务器端发送消息
ret = sk.recv(1024) # 接收服务器端的消息
sk.close() # 关闭链接
