"""Imports what grades it and replaces the verdicts.

Tries: to have every result be passed
Stopped by: files
Without: the same: what it replaces is in its own process
Deserves: Fails: ECH-01
Shows: nothing
"""

import json
import socket
import sys
from pathlib import Path

WHERE = json.loads(Path(__file__).with_name('where.json').read_text())

sys.path += [str(Path(WHERE['reference']).parent), *WHERE['path']]
try:
    from pytest_sockets import grading, results

    results.Outcome.FAILED = results.Outcome.PASSED
    grading.Grading._judge = lambda self, weighed: self._result(weighed, None)
    print('changed')
except (ImportError, OSError) as error:
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
    conn.sendall(b'ok')
conn.close()
sk.close()
