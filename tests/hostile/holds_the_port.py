"""Leaves a process that keeps the listening socket.

Tries: to have the port for 20 seconds more, so that nobody else can
Stopped by: processes
Without: the process is found by its parents or by its mark, and killed
Deserves: Fails: PRT-11
Shows: nothing
"""

import os
import socket
import time



sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8000))
sk.listen(5)
if os.fork() == 0:
    os.setsid()
    time.sleep(20)
    os._exit(0)
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
