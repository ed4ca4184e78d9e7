"""Collects everything and echoes only once the client has finished.

Fails: ECH-01 (like: waits-for-more)
"""

import socket

sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8000))
sk.listen(5)
conn, addr = sk.accept()
print(f'connect from {addr}')
whole = b''
while True:
    msg = conn.recv(1024)
    if not msg:
        break
    print(f'接收到来自客户端的消息:{msg.decode(errors="replace")}')
    whole += msg
conn.sendall(whole)
conn.close()
sk.close()
