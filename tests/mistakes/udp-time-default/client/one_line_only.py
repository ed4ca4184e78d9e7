"""Has no loop: it sends one line and ends.

Fails: XCH-06 (like: one-line)
"""

from socket import *

client = socket(AF_INET, SOCK_DGRAM)
msg = input('请输入时间格式(例%Y %m %d)>>: ').strip()
client.sendto(msg.encode('utf-8'), ('127.0.0.1', 9000))
data = client.recv(1024)
print(data.decode('utf-8'))
