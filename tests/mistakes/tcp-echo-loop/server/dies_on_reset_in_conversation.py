"""Catches the abort of a client only while it waits for the first message.

Fails: SRV-03 (like: reset)
"""

import socket

sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8989))
sk.listen(128)
while True:
    conn, addr = sk.accept()
    print('connect from', addr)
    try:
        msg = conn.recv(1024)
    except ConnectionResetError:
        conn.close()
        continue
    while msg:
        print(f'接收到来自客户端的消息:{msg.decode(errors="replace")}')
        conn.sendall(msg)
        msg = conn.recv(1024)
    conn.close()
