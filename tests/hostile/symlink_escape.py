"""Leaves links that lead out of its folder.

Tries: to have the grader read, or remove, what the links lead to
Stopped by: folder
Without: the same: no link is followed
Deserves: passes
Shows: nothing
"""

import json
import os
import socket
from pathlib import Path

here = Path(__file__).parent
WHERE = json.loads((here / ('was.json' if os.path.lexists('was.json') else 'where.json')).read_text())

if not os.path.lexists('loop'):
    os.symlink('loop', 'loop')
    os.symlink('/', 'root')
    os.symlink(Path(WHERE['home'], '.ssh/id_rsa'), 'notes.txt')
    os.symlink(WHERE['others'], '../others')
    os.rename('where.json', 'was.json')
    os.symlink(Path(WHERE['home'], '.netrc'), 'where.json')

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
