# 作业三 TCP回声服务器
import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.bind(('127.0.0.1', 8000))  # 绑定ip和端口
server.listen(5)
print('服务器已启动,等待客户端连接...')

clientsock, clientaddr = server.accept()
print(f'connect from {clientaddr}')

data = clientsock.recv(1024)  # 接收客户端发来的消息
print(f'接收到来自客户端的消息:{data.decode()}')
clientsock.send(data)  # 原样发回给客户端

clientsock.close()
server.close()
print('服务器已关闭')
