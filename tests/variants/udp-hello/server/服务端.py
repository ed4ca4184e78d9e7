"""Answers in Chinese, closes nothing, prints through a format."""
import socket

服务端 = socket.socket(type=socket.SOCK_DGRAM)
服务端.bind(('192.168.1.169', 8080))
消息, 地址 = 服务端.recvfrom(1024)
print('msg>>>%s' % 消息.decode('utf8'))
print('address>>>>:', 地址)
服务端.sendto('服务端'.encode('utf8'), 地址)
