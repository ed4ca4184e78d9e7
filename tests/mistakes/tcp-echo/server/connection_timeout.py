"""Gives the client one second per message and does not catch the timeout.

Fails: DAT-11 (like: recv-limit)
"""

import socket

sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sock.bind(('127.0.0.1', 8000))
sock.listen(5)
new_sock, addr = sock.accept()
print(f'connect from {addr}')
new_sock.settimeout(1)
while True:
    recv_data = new_sock.recv(1024)
    if not recv_data:
        break
    print(f'接收到来自客户端的消息:{recv_data.decode(errors="replace")}')
    new_sock.send(recv_data)
new_sock.close()
sock.close()
