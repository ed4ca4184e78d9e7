"""Has only the thread that receives.

Fails: CHT-10
"""

import socket

client = socket.socket()
client.connect(('127.0.0.1', 8989))
while True:
    data = client.recv(1024)
    if not data:
        break
    print('接收服务端的数据为:', data.decode('utf-8'))
client.close()
