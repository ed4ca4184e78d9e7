"""File, variables and output are Chinese."""
# -*- coding: utf-8 -*-
import socket

服务端 = socket.socket()
服务端.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
服务端.bind(('', 8989))
服务端.listen(128)
连接, 地址 = 服务端.accept()
print('客户端的ip地址和端口号：', 地址)
数据 = 连接.recv(1024)
print('接收数据的长度为：', len(数据), '个字节')
print('接收客户端的数据为：', 数据.decode('utf-8'))
连接.send('ok, 问题正在处理中...'.encode('utf-8'))
连接.close()
服务端.close()
