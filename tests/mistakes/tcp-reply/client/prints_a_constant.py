"""Prints what it believes the answer to be.

Fails: XCH-11 (like: no-print)
"""

import socket

if __name__ == '__main__':
    tcp_client_socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    tcp_client_socket.connect(("127.0.0.1", 8989))
    send_data = "你好服务端,我是客户端小明!".encode("utf-8")
    tcp_client_socket.send(send_data)
    recv_content = "ok, 问题正在处理中..."
    print("接收服务端的数据为:", recv_content)
    tcp_client_socket.recv(1024)
    tcp_client_socket.close()
