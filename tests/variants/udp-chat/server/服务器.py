"""Names in Chinese; prints address and text on two lines after a while."""
import socket
import time

服务器 = socket.socket(type=socket.SOCK_DGRAM)
服务器.bind(('192.168.21.36', 8081))
while True:
    消息, 地址 = 服务器.recvfrom(1024)
    time.sleep(0.2)
    print(地址)
    print(消息.decode('utf-8'))
    回复 = input()
    服务器.sendto(回复.encode('utf-8'), 地址)
