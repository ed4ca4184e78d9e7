"""Sends the empty datagram and ends, as the client of the echo server does.

Fails: TIM-06 (like: ends-on-empty)
"""

from socket import *

client = socket(AF_INET, SOCK_DGRAM)
while True:
    msg = input('请输入时间格式(例%Y %m %d)>>: ').strip()
    client.sendto(msg.encode('utf-8'), ('127.0.0.1', 9000))
    if not msg:
        break
    data = client.recv(1024)
    print(data.decode('utf-8'))
