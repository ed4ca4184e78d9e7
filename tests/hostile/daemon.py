"""Leaves a daemon: forked twice, in a session of its own.

Tries: to have a process that lives on, for 20 seconds
Stopped by: processes
Without: the daemon is found by its parents or by its mark, and killed
Deserves: passes
Shows: nothing
"""

import json
import os
import signal
import socket
import time
from pathlib import Path

WHERE = json.loads(Path(__file__).with_name('where.json').read_text())

if os.fork() == 0:
    os.setsid()
    if os.fork():
        os._exit(0)
    Path('/proc/self/comm').write_text(WHERE['mark'])
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    os.chdir('/')
    for fd in range(3, 1024):
        try:
            os.close(fd)
        except OSError:
            pass
    time.sleep(20)
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
