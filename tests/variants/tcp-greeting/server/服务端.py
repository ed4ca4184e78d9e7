"""File, variables and output are Chinese."""
# -*- coding: utf-8 -*-
import socket

电话 = socket.socket()
电话.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
电话.bind(('127.0.0.1', 8080))
电话.listen()
通话, 对方 = 电话.accept()
print('来电:', 对方)
通话.send('hello'.encode('utf-8'))
print('对方说:', 通话.recv(1024).decode('utf-8'))
通话.close()
电话.close()
