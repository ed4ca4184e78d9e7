"""Receives seven bytes at a time, and prints each as if it were a message.

Fails: CHT-09 (like: small-recv)
"""

import os
import socket
import threading

client = socket.socket()
client.connect(('127.0.0.1', 8989))


def listen():
    while True:
        try:
            data = client.recv(7)
        except OSError:
            break
        if not data:
            break
        print('接收:', data.decode('utf-8', errors='ignore'), flush=True)
    os._exit(0)


threading.Thread(target=listen, daemon=True).start()
while True:
    client.send(input().encode('utf-8'))
