"""Asks a non-blocking connection again and again: a silent client costs a whole processor.

Fails: DAT-11 (like: polls)
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('127.0.0.1', 8000))
server.listen(5)
client, addr = server.accept()
print(f'connect from {addr}')
client.setblocking(False)
while True:
    try:
        data = client.recv(1024)
    except BlockingIOError:
        continue
    if not data:
        break
    print(f'接收到来自客户端的消息:{data.decode(errors="replace")}')
    client.send(data)
client.close()
server.close()
