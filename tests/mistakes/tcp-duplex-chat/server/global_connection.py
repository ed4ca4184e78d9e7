"""The connection is a global variable, which the next client takes over.

Fails: SRV-08 (like: shared-state)
"""

import socket
import threading


def send_data():
    while True:
        data = input('发送信息:').encode('utf-8')
        service_client_socket.send(data)


def recv_data():
    while True:
        data = service_client_socket.recv(1024)
        if not data:
            break
        print('接收客户端的数据为:', data.decode('utf-8'))
    service_client_socket.close()


if __name__ == '__main__':
    tcp_server_socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    tcp_server_socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
    tcp_server_socket.bind(('', 8989))
    tcp_server_socket.listen(128)
    while True:
        service_client_socket, ip_port = tcp_server_socket.accept()
        print('客户端的ip地址和端口号:', ip_port)
        threading.Thread(target=send_data).start()
        threading.Thread(target=recv_data).start()
