"""Has exit functions and signal handlers that lie about its end.

Tries: to end with another status than its own, after a process was left behind
Stopped by: processes
Without: the process is found by its parents or by its mark, and killed
Deserves: passes
Shows: nothing
"""

import atexit
import json
import os
import signal
import socket
import time
from pathlib import Path

WHERE = json.loads(Path(__file__).with_name('where.json').read_text())

def last_words():
    if os.fork() == 0:
        os.setsid()
        Path('/proc/self/comm').write_text(WHERE['mark'])
        time.sleep(20)
    os._exit(0)


atexit.register(last_words)
signal.signal(signal.SIGALRM, lambda *_: signal.setitimer(signal.ITIMER_REAL, 0.5))
signal.siginterrupt(signal.SIGALRM, False)
signal.setitimer(signal.ITIMER_REAL, 0.5)
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT, signal.SIGCONT})

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
