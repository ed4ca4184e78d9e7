"""Accepts one client only.

Fails: SRV-07 (like: one-at-a-time)
"""

import socket
import threading


def send_data():
    while True:
        conn.send(input('发送信息:').encode('utf-8'))


server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
server.bind(('', 8989))
server.listen(128)
conn, addr = server.accept()
threading.Thread(target=send_data, daemon=True).start()
while True:
    data = conn.recv(1024)
    if not data:
        break
    print('接收:', data.decode('utf-8'))
conn.close()
server.close()
