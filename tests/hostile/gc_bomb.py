"""Leaves garbage that makes more garbage when it is collected.

Tries: to keep the collector busy at the end of the program
Stopped by: process
Without: the same: it is ended with the conversation
Deserves: passes
Shows: nothing
"""

import gc
import socket

class Phoenix:
    def __init__(self, lives):
        self.lives = lives
        self.itself = self

    def __del__(self):
        if self.lives:
            Phoenix(self.lives - 1)


for _ in range(2000):
    Phoenix(5)

sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8000))
sk.listen(5)
conn, addr = sk.accept()
print(f'connect from {addr}')
while True:
    data = conn.recv(1024)
    if not data:
        break
    print(data.decode(errors='replace'))
    conn.sendall(data)
conn.close()
sk.close()
