"""Encodes and decodes as GBK where UTF-8 is asked for.

Fails: DAT-04
"""

import socket

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
while True:
    line = input('>')
    client.sendto(line.encode('gbk'), ('127.0.0.1', 8001))
    if not line:
        break
    data, address = client.recvfrom(1024)
    print(f'接收来自服务端{address}的数据:{data.decode("gbk")}')
client.close()
