"""Forks and ends again and again, so that no signal finds it.

Tries: to live on in a process whose id changes all the time, for 20 seconds
Stopped by: processes
Without: what hops is stopped before it is killed
Deserves: passes
Shows: nothing
"""

import json
import os
import socket
import time
from pathlib import Path

WHERE = json.loads(Path(__file__).with_name('where.json').read_text())

if os.fork() == 0:
    os.setsid()
    Path('/proc/self/comm').write_text(WHERE['mark'])
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if os.fork():
            os._exit(0)
        time.sleep(0.002)
    os._exit(0)
os.wait()

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
