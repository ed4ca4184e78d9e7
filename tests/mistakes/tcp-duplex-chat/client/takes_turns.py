"""One thread: recv and input take turns.

Fails: CHT-09
"""

import socket

tcp_client_socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
tcp_client_socket.connect(('127.0.0.1', 8989))
while True:
    data = tcp_client_socket.recv(1024)
    if not data:
        break
    print('接收服务端的数据为:', data.decode('utf-8'))
    tcp_client_socket.send(input('发送信息:').encode('utf-8'))
tcp_client_socket.close()
