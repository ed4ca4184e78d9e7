"""Removes the file only when connect shows that nobody listens there."""

import os
import socket
import sys

PATH = './uds_socket'
probe = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
try:
    probe.connect(PATH)
    sys.exit('服务器已经在运行')
except FileNotFoundError:
    pass
except ConnectionRefusedError:
    os.unlink(PATH)
finally:
    probe.close()
sk = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
sk.bind(PATH)
sk.listen(5)
try:
    conn, _ = sk.accept()
    while True:
        msg = conn.recv(1024)
        if not msg:
            break
        print(f'接收到来自客户端的消息:{msg.decode(errors="replace")}')
        conn.send(msg)
    conn.close()
finally:
    sk.close()
    os.unlink(PATH)
