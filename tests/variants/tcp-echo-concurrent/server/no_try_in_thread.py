"""Has no try: an error ends the thread of that client with a traceback, and nothing else."""
import socket
import threading


def talk(service_client_socket, ip_port):
    print("客户端的ip地址和端口号:", ip_port)
    while True:
        recv_data = service_client_socket.recv(1024)
        if not recv_data:
            break
        print("接收客户端的数据为:", recv_data.decode("utf-8", "replace"))
        service_client_socket.send(recv_data)
    service_client_socket.close()


if __name__ == '__main__':
    tcp_server_socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    # 设置端口号复用,让程序退出端口号立即释放
    tcp_server_socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
    tcp_server_socket.bind(("", 8989))
    tcp_server_socket.listen(128)
    while True:
        service_client_socket, ip_port = tcp_server_socket.accept()
        t = threading.Thread(target=talk, args=(service_client_socket, ip_port))
        t.start()
