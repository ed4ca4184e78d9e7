"""Calls accept before every message: the second message of a client is never read.

Fails: ECH-02, DAT-07, CLS-02 (like: accepts-each-message)
"""

import os
import socket

PATH = '/tmp/echo.sock'
if os.path.exists(PATH):
    os.unlink(PATH)
sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
sock.bind(PATH)
sock.listen(5)
while True:
    new_sock, addr = sock.accept()
    print('connected')
    recv_data = new_sock.recv(1024)
    if not recv_data:
        break
    print(f'接收到来自客户端的消息:{recv_data.decode(errors="replace")}')
    new_sock.send(recv_data)
new_sock.close()
sock.close()
os.unlink(PATH)
