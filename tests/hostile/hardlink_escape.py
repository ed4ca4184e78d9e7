"""Takes a file of somebody else into its folder by a second name.

Tries: to change the file under the other name
Stopped by: files
Without: the file is changed
Deserves: passes
Shows: change
"""

import json
import os
import socket
from pathlib import Path

WHERE = json.loads(Path(__file__).with_name('where.json').read_text())

try:
    os.link(Path(WHERE['others'], 'alice', 'server.py'), 'mine.py')
    with open('mine.py', 'a') as file:
        file.write('# owned\n')
    os.chmod('mine.py', 0)
    print('got: a file changed')
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
