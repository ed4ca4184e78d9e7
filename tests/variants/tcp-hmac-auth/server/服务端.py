"""File, variables and output are Chinese."""
# -*- coding: utf-8 -*-
import hmac
import os
import socket

密钥 = b'tutorial-secret'


def 收(连接, 长度):
    数据 = b''
    while len(数据) < 长度:
        一段 = 连接.recv(长度 - len(数据))
        if not 一段:
            break
        数据 += 一段
    return 数据


服务端 = socket.socket()
服务端.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
服务端.bind(('', 8080))
服务端.listen(5)
while True:
    连接, 地址 = 服务端.accept()
    try:
        随机数 = os.urandom(32)
        连接.sendall(随机数)
        应答 = 收(连接, 32)
        if hmac.compare_digest(hmac.new(密钥, 随机数, 'sha256').digest(), 应答):
            print('合法的客户端', 地址)
            连接.sendall(b'welcome')
            while True:
                消息 = 连接.recv(1024)
                if not 消息:
                    break
                连接.sendall(消息)
        else:
            print('不合法的客户端', 地址)
    except ConnectionError:
        print('连接断开', 地址)
    finally:
        连接.close()
