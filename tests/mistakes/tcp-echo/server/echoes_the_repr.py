"""Echoes str(msg), which is the text b'...' and not the message.

Fails: ECH-01 (like: sends-repr)
"""

import socket

sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8000))
sk.listen(5)
conn, addr = sk.accept()
print(f'connect from {addr}')
while True:
    msg = conn.recv(1024)
    if not msg:
        break
    print(f'接收到来自客户端的消息:{msg.decode(errors="replace")}')
    conn.send(str(msg).encode())
conn.close()
sk.close()
