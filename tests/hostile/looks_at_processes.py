"""Reads which programs run on the machine, and with which arguments.

Tries: to find the grader's command line, with the folders that it names
Stopped by: processes
Without: all command lines are open to it
Deserves: passes
Shows: got
"""

import json
import os
import socket
from pathlib import Path

WHERE = json.loads(Path(__file__).with_name('where.json').read_text())

try:
    with open(f"/proc/{WHERE['grader']}/cmdline") as file:
        print(f'got: {len(file.read())} characters')
    os.readlink(f"/proc/{WHERE['grader']}/cwd")
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
