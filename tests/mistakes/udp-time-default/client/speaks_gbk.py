"""Encodes as GBK where UTF-8 is asked for.

Fails: XCH-06
"""

from socket import *

client = socket(AF_INET, SOCK_DGRAM)
while True:
    msg = input('请输入时间格式(例%Y %m %d)>>: ').strip()
    client.sendto(msg.encode('gbk'), ('127.0.0.1', 9000))
    data = client.recv(1024)
    print(data.decode('utf-8'))
