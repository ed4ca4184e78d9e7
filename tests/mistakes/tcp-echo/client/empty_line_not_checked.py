"""Does not check for the empty line: it sends nothing and waits for an answer to nothing.

Fails: CHT-01 (like: empty-line)
"""

import socket

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(('127.0.0.1', 8000))
while True:
    line = input('>')
    client.send(line.encode())
    data = client.recv(1024)
    if not data:
        break
    print(f'接收来自服务端的数据:{data.decode()}')
client.close()
