"""Asks again when the line is empty, as chats over TCP have to.

Fails: TIM-06
"""

from socket import *

client = socket(AF_INET, SOCK_DGRAM)
while True:
    msg = input('请输入时间格式(例%Y %m %d)>>: ').strip()
    if not msg:
        continue
    client.sendto(msg.encode('utf-8'), ('127.0.0.1', 9000))
    data = client.recv(1024)
    print(data.decode('utf-8'))
