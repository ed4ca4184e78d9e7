"""Echoes in capital letters.

Fails: ECH-01 (like: upper-case)
"""

import socket
import threading


def talk(client, addr):
    print('connect from', addr)
    try:
        while True:
            data = client.recv(1024)
            if not data:
                break
            print(f'接收到来自客户端的消息:{data.decode(errors="replace")}')
            client.sendall(data.upper())
    except OSError:
        print('lost', addr)
    client.close()


server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('', 8989))
server.listen(128)
while True:
    client, addr = server.accept()
    t = threading.Thread(target=talk, args=(client, addr))
    t.daemon = True
    t.start()
