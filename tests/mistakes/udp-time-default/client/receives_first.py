"""Waits for the time before it has asked for it.

Fails: XCH-06 (like: receives-first)
"""

from socket import *

client = socket(AF_INET, SOCK_DGRAM)
while True:
    data = client.recv(1024)
    print(data.decode('utf-8'))
    msg = input('请输入时间格式(例%Y %m %d)>>: ').strip()
    client.sendto(msg.encode('utf-8'), ('127.0.0.1', 9000))
