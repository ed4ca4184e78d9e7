"""Looks for secrets in the grader's memory.

Tries: to print what stands there behind the word that marks it
Stopped by: processes
Without: the secret is in its output
Deserves: passes
Shows: secret (memory)
"""

import json
import re
import socket
from pathlib import Path

WHERE = json.loads(Path(__file__).with_name('where.json').read_text())

process = f"/proc/{WHERE['grader']}"
try:
    with open(f'{process}/maps') as maps, open(f'{process}/mem', 'rb', buffering=0) as memory:
        for line in maps:
            place, mode = line.split()[:2]
            begin, end = (int(word, 16) for word in place.split('-'))
            if mode.startswith('rw') and end - begin < 64 << 20:
                memory.seek(begin)
                for found in re.findall(rb'in-memory-[0-9a-f]{16}', memory.read(end - begin)):
                    print(f'got: {found.decode()}')
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
