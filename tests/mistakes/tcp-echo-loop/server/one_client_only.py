"""Accepts once, outside the loop: the second client is never served.

Fails: SRV-01 (like: one-client)
"""

import socket

sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8989))
sk.listen(128)
conn, addr = sk.accept()
print('connect from', addr)
while True:
    try:
        msg = conn.recv(1024)
        if not msg:
            break
        print(f'接收到来自客户端的消息:{msg.decode(errors="replace")}')
        conn.sendall(msg)
    except OSError:
        break
conn.close()
sk.close()
