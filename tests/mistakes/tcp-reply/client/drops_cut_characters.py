"""Decodes eight bytes at a time and passes over what is no whole character.

Fails: DAT-04 (like: cuts-characters)
"""

import socket

tcp_client_socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
tcp_client_socket.connect(("127.0.0.1", 8989))
tcp_client_socket.send("你好服务端,我是客户端小明!".encode("utf-8"))
print("接收服务端的数据为:", end=" ")
while True:
    recv_data = tcp_client_socket.recv(8)
    if not recv_data:
        break
    print(recv_data.decode("utf-8", errors="ignore"), end="")
print()
tcp_client_socket.close()
