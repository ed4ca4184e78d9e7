"""The thread that receives ends and leaves the connection open.

Fails: CLS-02 (like: not-closed)
"""

import socket
import threading


def send_data(sock):
    while True:
        # 准备发送的数据
        data = input('发送信息:').encode("utf-8")
        try:
            sock.send(data)
        except OSError:
            break


def recv_data(sock, ip_port):
    while True:
        try:
            data = sock.recv(1024)
        except OSError:
            break
        if not data:
            break
        print("接收客户端的数据为:", data.decode("utf-8"))
    print("客户端下线:", ip_port)


if __name__ == '__main__':
    tcp_server_socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    tcp_server_socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
    tcp_server_socket.bind(("0.0.0.0", 8989))
    tcp_server_socket.listen(128)
    while True:
        service_client_socket, ip_port = tcp_server_socket.accept()
        print("客户端的ip地址和端口号:", ip_port)
        t1 = threading.Thread(target=send_data, args=(service_client_socket,))
        t1.start()
        t2 = threading.Thread(target=recv_data, args=(service_client_socket, ip_port))
        t2.start()
