"""Tries a refused connection again and again.

Fails: LIF-15 (like: retries)
"""

import os
import socket
import threading


def send_data():
    while True:
        # 准备发送的数据
        data = input('发送信息:').encode("utf-8")
        tcp_client_socket.send(data)


def recv_data():
    while True:
        data = tcp_client_socket.recv(1024)
        if not data:
            print('服务端已关闭')
            os._exit(0)
        print("接收服务端的数据为:", data.decode("utf-8"))


if __name__ == '__main__':
    tcp_client_socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    while tcp_client_socket.connect_ex(("127.0.0.1", 8989)) != 0:
        pass
    t1 = threading.Thread(target=send_data)
    t1.start()
    t2 = threading.Thread(target=recv_data)
    t2.start()
    t1.join()
    t2.join()
    tcp_client_socket.close()
