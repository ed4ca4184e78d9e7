"""File, variables and prompt are Chinese; uses recv in place of recvfrom."""
from socket import *

服务端地址 = ('192.168.1.169', 8080)
客户端 = socket(AF_INET, SOCK_DGRAM)
while True:
    内容 = input('请输入消息(直接回车结束): ')
    客户端.sendto(内容.encode('utf8'), 服务端地址)
    if len(内容) == 0:
        print('再见')
        break
    回复 = 客户端.recv(1024)
    print('回复:', 回复.decode('utf8'))
客户端.close()
