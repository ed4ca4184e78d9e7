"""Leaves files where everybody may write.

Tries: to leave files for later programs in /tmp, /var/tmp and /dev/shm
Stopped by: files
Without: the files stay there
Deserves: passes
Shows: change
"""

import json
import socket
from pathlib import Path

WHERE = json.loads(Path(__file__).with_name('where.json').read_text())

for folder in ('/tmp', '/var/tmp', '/dev/shm'):
    try:
        Path(folder, WHERE['mark']).write_text('owned')
        print('got: a file left')
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
