"""Decodes the answer with GBK.

Fails: DAT-04 (like: decodes-gbk)
"""

import socket

if __name__ == '__main__':
    tcp_client_socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    tcp_client_socket.connect(("127.0.0.1", 8989))
    send_data = "你好服务端,我是客户端小明!".encode("utf-8")
    tcp_client_socket.send(send_data)
    recv_data = tcp_client_socket.recv(1024)
    recv_content = recv_data.decode("gbk", "replace")
    print("接收服务端的数据为:", recv_content)
    tcp_client_socket.close()
