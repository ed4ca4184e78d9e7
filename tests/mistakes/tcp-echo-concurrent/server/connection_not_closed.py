"""Keeps every connection in a list and never closes one.

Fails: CLS-02 (like: not-closed)
"""

import socket
import threading


connections = []


def talk(conn, addr):
    print('connect from', addr)
    try:
        while True:
            msg = conn.recv(1024)
            if not msg:
                break
            print(f'接收到来自客户端的消息:{msg.decode(errors="replace")}')
            conn.sendall(msg)
    except OSError:
        print('lost', addr)
    print('the client has left:', addr)


sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('', 8989))
sk.listen(128)
while True:
    conn, addr = sk.accept()
    connections.append(conn)
    t = threading.Thread(target=talk, args=(conn, addr))
    t.daemon = True
    t.start()
