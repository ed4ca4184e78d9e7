"""Connects to a socket that has a name but no file.

Tries: to reach another program of this machine, such as a desktop's
Stopped by: network, files
Without: the message arrives
Deserves: passes
Shows: connection
"""

import _socket
import json
import socket
from pathlib import Path

WHERE = json.loads(Path(__file__).with_name('where.json').read_text())

try:
    other = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    other.connect('\0' + WHERE['abstract'])
    other.send(WHERE['mark'].encode())
    print('got: a connection')
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
