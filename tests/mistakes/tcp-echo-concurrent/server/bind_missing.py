"""Forgets bind: the system chooses a port that no client knows.

Fails: LIF-02 (like: no-bind)
"""

import socket
import threading


def talk(new_sock, addr):
    print('connect from', addr)
    try:
        while True:
            recv_data = new_sock.recv(1024)
            if not recv_data:
                break
            print(f'接收到来自客户端的消息:{recv_data.decode(errors="replace")}')
            new_sock.sendall(recv_data)
    except OSError:
        print('lost', addr)
    new_sock.close()


sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sock.listen(128)
while True:
    new_sock, addr = sock.accept()
    t = threading.Thread(target=talk, args=(new_sock, addr))
    t.daemon = True
    t.start()
