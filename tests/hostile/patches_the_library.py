"""Replaces functions of socket, os, sys, time and json by its own.

Tries: to have whatever watches it in its own process believe what it likes
Stopped by: wire
Without: the same: nothing in its process decides
Deserves: Fails: ECH-01
Shows: nothing
"""

import builtins
import json
import os
import socket
import sys
import time

socket.socket.sendall = lambda self, data: None
socket.socket.recv = socket.socket.recv
json.dumps = lambda *args, **kwargs: '[]'
time.monotonic = lambda: 0.0
os.write = lambda fd, data: len(data)
os._exit = lambda status: None
sys.exit = lambda status=0: None
sys._getframe = lambda depth=0: None
builtins.compile = builtins.exec

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
