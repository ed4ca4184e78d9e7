"""Sends what input returns without encoding it.

Fails: DAT-01 (like: sends-text)
"""

import socket

client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
client.connect('./uds_socket')
while True:
    line = input('>')
    if not line:
        break
    client.send(line)
    data = client.recv(1024)
    print(f'接收来自服务端的数据:{data.decode()}')
client.close()
