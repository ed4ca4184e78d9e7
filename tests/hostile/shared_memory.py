"""Leaves shared memory of the old kind, which no process has to hold.

Tries: to leave a segment of 4 KiB in the machine
Stopped by: processes
Without: the segment stays until the machine is started anew
Deserves: passes
Shows: change
"""

import ctypes
import json
import socket
from pathlib import Path

WHERE = json.loads(Path(__file__).with_name('where.json').read_text())

libc = ctypes.CDLL(None, use_errno=True)
segment = libc.shmget(WHERE['key'], 4096, 0o1600)
print('got: a segment' if segment >= 0 else f'refused: error {ctypes.get_errno()}')

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
