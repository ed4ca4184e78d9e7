"""File, variables and output are Chinese."""
# -*- coding: utf-8 -*-
import socket as 套接字模块

地址 = ('192.168.1.169', 8080)
服务端 = 套接字模块.socket()
服务端.setsockopt(套接字模块.SOL_SOCKET, 套接字模块.SO_REUSEADDR, 1)
服务端.bind(地址)
服务端.listen(5)
print('服务端已启动,等待客户端连接……')
连接, 客户端地址 = 服务端.accept()
消息 = 连接.recv(1024)
print('客户端', 客户端地址, '说:', 消息.decode('utf-8', 'replace'))
连接.send('hello'.encode('utf-8'))
连接.close()
服务端.close()
print('再见!')
