"""Waits for None at the end of the stream; recv returns empty bytes.

Fails: CLS-02 (like: no-end-check)
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('127.0.0.1', 8000))
server.listen(5)
client, addr = server.accept()
print(f'connect from {addr}')
while True:
    data = client.recv(1024)
    if data is None:
        break
    print(f'接收到来自客户端的消息:{data.decode(errors="replace")}')
    client.send(data)
client.close()
server.close()
