"""Sets no option before bind, as in the tutorial's first program.

Loses: PRT-03, PRT-04
"""
import socket
sk = socket.socket() # 创建对象
sk.bind(('127.0.0.1',8999)) # 绑定ip和端口到套接字
sk.listen() # 开启服务,监听链接
conn,addr = sk.accept() # 接收客户端链接
ret = conn.recv(1024) # 接收客户端的信息,最多接收1024个字节
conn.send(b'hello') # 向客户端发送信息
conn.close() # 关闭客户端的链接
sk.close() # 关闭服务
