"""Answers on one global connection, which every new client replaces.

Fails: SRV-07
"""

import socket
import threading


def answer(text):
    current.sendall(text)


def talk(conn, addr):
    print('connect from', addr)
    try:
        while True:
            msg = conn.recv(1024)
            if not msg:
                break
            print(f'接收到来自客户端的消息:{msg.decode(errors="replace")}')
            answer(msg)
    except OSError:
        print('lost', addr)
    conn.close()


sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('', 8989))
sk.listen(128)
while True:
    current, addr = sk.accept()
    threading.Thread(target=talk, args=(current, addr), daemon=True).start()
