"""Stops its parent, which would have to kill it.

Tries: to stop what watches over it
Stopped by: processes
Without: its parent is stopped; then nothing is judged, and it is killed by its mark
Deserves: passes
Shows: nothing
"""

import os
import signal
import socket

try:
    os.kill(os.getppid(), signal.SIGSTOP)
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
