"""Waits for the keyboard thread to end before it accepts anybody.

Fails: LIF-03 (like: key-before-accept)
"""

import socket
import threading

lines = []


def read_keyboard():
    while True:
        lines.append(input('发送信息:'))


server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
server.bind(('', 8989))
server.listen(128)
t = threading.Thread(target=read_keyboard)
t.start()
t.join()
while True:
    conn, addr = server.accept()
    for line in lines:
        conn.send(line.encode())
    print(conn.recv(1024).decode())
    conn.close()
