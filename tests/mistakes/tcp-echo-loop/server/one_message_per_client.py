"""Closes the connection after one message.

Fails: ECH-02, DAT-07 (like: one-message)
"""

import socket

sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sock.bind(('127.0.0.1', 8989))
sock.listen(128)
while True:
    new_sock, addr = sock.accept()
    print('connect from', addr)
    try:
        recv_data = new_sock.recv(1024)
        print(f'接收到来自客户端的消息:{recv_data.decode(errors="replace")}')
        new_sock.sendall(recv_data)
    except OSError:
        print('the client has left')
    new_sock.close()
