"""Receives the answer and does not print it.

Fails: XCH-11 (like: no-print)
"""

from socket import *

client = socket(AF_INET, SOCK_DGRAM)
while True:
    msg = input('请输入时间格式(例%Y %m %d)>>: ').strip()
    client.sendto(msg.encode('utf-8'), ('127.0.0.1', 9000))
    data = client.recv(1024)
