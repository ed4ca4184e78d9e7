"""Kills its parent, its group, and everybody it can reach.

Tries: to take down what started it, so that nobody can fail it
Stopped by: processes
Without: its parent is killed; then nothing is judged, and it is killed by its mark
Deserves: passes
Shows: nothing
"""

import os
import signal
import socket

signal.signal(signal.SIGTERM, signal.SIG_IGN)
os.killpg(0, signal.SIGTERM)
try:
    os.kill(os.getppid(), signal.SIGKILL)
except OSError as error:
    print(f'refused: {error}')
# Only where process ids begin anew: anywhere else it would be everybody on the machine.
if os.getpid() < 50:
    try:
        os.kill(-1, signal.SIGTERM)
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
