"""Keeps one list of messages for all clients, so a client is sent what earlier ones have said.

Fails: SRV-06
"""

import socket

sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8989))
sk.listen(128)
messages = []
while True:
    conn, addr = sk.accept()
    print('connect from', addr)
    answered = 0
    try:
        while True:
            msg = conn.recv(1024)
            if not msg:
                break
            print(f'接收到来自客户端的消息:{msg.decode(errors="replace")}')
            messages.append(msg)
            # the latest first
            for answer in reversed(messages[answered:]):
                conn.sendall(answer)
            answered = len(messages)
    except OSError:
        print('the client has left')
    conn.close()
