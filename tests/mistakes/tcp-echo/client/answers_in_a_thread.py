"""Receives in a thread of its own, so the next line goes out before the answer has come.

Fails: XCH-08 (like: no-turns)
"""

import socket
import threading

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(('127.0.0.1', 8000))


def show():
    while True:
        data = client.recv(1024)
        if not data:
            break
        print('server says:', data.decode())


threading.Thread(target=show, daemon=True).start()
while True:
    line = input('>')
    if not line:
        break
    client.send(line.encode())
client.close()
