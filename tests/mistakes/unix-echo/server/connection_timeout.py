"""Gives the client one second per message and does not catch the timeout.

Fails: DAT-11 (like: recv-limit)
"""

import os
import socket

server_address = './uds_socket'
try:
    os.unlink(server_address)
except OSError:
    pass
sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
sock.bind(server_address)
sock.listen(5)
new_sock, addr = sock.accept()
print('connected')
new_sock.settimeout(1)
while True:
    recv_data = new_sock.recv(1024)
    if not recv_data:
        break
    print(f'接收到来自客户端的消息:{recv_data.decode(errors="replace")}')
    new_sock.send(recv_data)
new_sock.close()
sock.close()
os.remove(server_address)
