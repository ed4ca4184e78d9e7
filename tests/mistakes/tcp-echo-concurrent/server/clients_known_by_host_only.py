"""Knows its clients by host alone, so a second client of one machine takes the place of the first.

Fails: SRV-08 (like: shared-state)
"""

import socket
import threading


clients = {}


def talk(new_sock, addr):
    print('connect from', addr)
    try:
        while True:
            recv_data = new_sock.recv(1024)
            if not recv_data:
                break
            print(f'接收到来自客户端的消息:{recv_data.decode(errors="replace")}')
            new_sock.sendall(recv_data)
            # the client may have connected again meanwhile
            new_sock = clients[addr[0]]
    except OSError:
        print('lost', addr)
    new_sock.close()


sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sock.bind(('', 8989))
sock.listen(128)
while True:
    new_sock, addr = sock.accept()
    clients[addr[0]] = new_sock
    threading.Thread(target=talk, args=(new_sock, addr), daemon=True).start()
