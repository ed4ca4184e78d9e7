"""Reads other students' programs.

Tries: to print what others have handed in
Stopped by: files
Without: the programs are in its output
Deserves: passes
Shows: secret
"""

import json
import socket
from pathlib import Path

WHERE = json.loads(Path(__file__).with_name('where.json').read_text())

try:
    for path in Path(WHERE['others']).rglob('*.py'):
        print(path.read_text())
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
