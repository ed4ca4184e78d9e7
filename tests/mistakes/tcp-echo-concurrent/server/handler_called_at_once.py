"""Calls the handler instead of passing it to the thread: one client after the other.

Fails: SRV-07 (like: one-at-a-time)
"""

import socket
import threading


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
    conn.close()


sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('', 8989))
sk.listen(128)
while True:
    conn, addr = sk.accept()
    t = threading.Thread(target=talk(conn, addr))
    t.start()
