"""Speaks Chinese, prints with a stray quote, closes nothing."""
import socket

c = socket.socket(type=socket.SOCK_DGRAM)
服务器 = ('192.168.1.169', 8080)
c.sendto('客户端'.encode('utf8'), 服务器)
消息, 地址 = c.recvfrom(1024)
print('msg>>>"%s' % 消息.decode('utf8'))
print('address>>>>>:', 地址)
