"""Chinese names, SO_REUSEADDR on a UDP socket, an answer in words for a bad request."""
from socket import *
from time import strftime

套接字 = socket(AF_INET, SOCK_DGRAM)
套接字.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
套接字.bind(('192.168.1.169', 9000))
while 1:
    格式, 地址 = 套接字.recvfrom(1024)
    print('===>', 格式)
    try:
        时间 = strftime(格式.decode('utf-8'))
    except (UnicodeDecodeError, ValueError):
        时间 = '格式错误'
    套接字.sendto(时间.encode('utf-8'), 地址)
