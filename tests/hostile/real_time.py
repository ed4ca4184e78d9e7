"""Asks to be served before all other programs.

Tries: to run at a real-time priority
Stopped by: rights
Without: as root it is given the priority
Deserves: passes
Shows: got (root)
"""

import os
import socket

try:
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    print('got: real-time priority')
    os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
except OSError as error:
    print(f'refused: {error}')

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
