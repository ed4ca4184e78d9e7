"""Asks a non-blocking listening socket again and again: waiting costs a whole processor.

Fails: LIF-04 (like: polls)
"""

import socket

sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sock.bind(('127.0.0.1', 8000))
sock.listen(5)
sock.setblocking(False)
while True:
    try:
        new_sock, addr = sock.accept()
        break
    except BlockingIOError:
        pass
print(f'connect from {addr}')
new_sock.setblocking(True)
while True:
    recv_data = new_sock.recv(1024)
    if not recv_data:
        break
    print(f'接收到来自客户端的消息:{recv_data.decode(errors="replace")}')
    new_sock.send(recv_data)
new_sock.close()
sock.close()
