"""Collects everything and echoes only once the client has finished.

Fails: ECH-01 (like: waits-for-more)
"""

import os
import socket

address = '/var/run/echo.sock'
try:
    os.remove(address)
except FileNotFoundError:
    pass
sk = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
sk.bind(address)
sk.listen(5)
conn, addr = sk.accept()
print('connected')
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
os.remove(address)
