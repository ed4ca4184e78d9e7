"""Asks a non-blocking listening socket again and again: waiting costs a whole processor.

Fails: LIF-04 (like: polls)
"""

import os
import socket

PATH = '/tmp/echo.sock'
if os.path.exists(PATH):
    os.unlink(PATH)
sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
sock.bind(PATH)
sock.listen(5)
sock.setblocking(False)
while True:
    try:
        new_sock, addr = sock.accept()
        break
    except BlockingIOError:
        pass
print('connected')
new_sock.setblocking(True)
while True:
    recv_data = new_sock.recv(1024)
    if not recv_data:
        break
    print(f'接收到来自客户端的消息:{recv_data.decode(errors="replace")}')
    new_sock.send(recv_data)
new_sock.close()
sock.close()
os.unlink(PATH)
