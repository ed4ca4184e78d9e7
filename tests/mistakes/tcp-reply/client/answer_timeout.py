"""Gives the server three tenths of a second for its answer.

Fails: XCH-07 (like: recv-limit)
"""

import socket

if __name__ == '__main__':
    tcp_client_socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    tcp_client_socket.connect(("127.0.0.1", 8989))
    send_data = "你好服务端,我是客户端小明!".encode("utf-8")
    tcp_client_socket.send(send_data)
    tcp_client_socket.settimeout(0.3)
    recv_data = tcp_client_socket.recv(1024)
    recv_content = recv_data.decode("utf-8")
    print("接收服务端的数据为:", recv_content)
    tcp_client_socket.close()
