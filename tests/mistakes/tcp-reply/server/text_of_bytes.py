"""Makes text of the bytes with str(), which writes b and quotes around them.

Fails: DAT-03 (like: prints-bytes)
"""

import socket

if __name__ == '__main__':
    tcp_server_socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    tcp_server_socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
    tcp_server_socket.bind(("", 8989))
    tcp_server_socket.listen(128)
    service_client_socket, ip_port = tcp_server_socket.accept()
    print("客户端的ip地址和端口号:", ip_port)
    recv_data = service_client_socket.recv(1024)
    recv_data_length = len(recv_data)
    print("接收数据的长度为:", recv_data_length)
    recv_content = str(recv_data)
    print("接收客户端的数据为:", recv_content)
    send_data = "ok, 问题正在处理中...".encode("utf-8")
    service_client_socket.send(send_data)
    service_client_socket.close()
    tcp_server_socket.close()
