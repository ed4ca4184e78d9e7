"""Answers what an earlier run has sent, and nothing else.

Tries: to pass with a table of answers
Stopped by: payloads
Without: the same: the payloads come from a seed that it does not know
Deserves: Fails: ECH-01
Shows: nothing
"""

import json
import socket
from pathlib import Path

ANSWERS = json.loads(Path(__file__).with_name('answers.json').read_text())

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
    conn.sendall(ANSWERS.get(data.hex(), 'sorry').encode())
conn.close()
sk.close()
