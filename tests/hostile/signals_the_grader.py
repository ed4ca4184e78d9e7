"""Sends a signal to the process that grades it.

Tries: to signal the grader (by SIGURG, which does nothing)
Stopped by: processes
Without: the signal arrives
Deserves: passes
Shows: got
"""

import json
import os
import signal
import socket
from pathlib import Path

WHERE = json.loads(Path(__file__).with_name('where.json').read_text())

try:
    os.kill(WHERE['grader'], signal.SIGURG)
    print('got: a signal sent')
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
