"""Connected, with a word that ends it and Chinese names."""
from socket import *

客户端 = socket(AF_INET, SOCK_DGRAM)
客户端.connect(('192.168.21.36', 9000))
while True:
    格式 = input('请输入时间格式(例%Y %m %d),退出请输入quit>>: ').strip()
    if 格式 == 'quit':
        break
    客户端.send(格式.encode('utf-8'))
    print('服务器时间:', 客户端.recv(1024).decode('utf-8'))
客户端.close()
