"""Ignores every signal that can be ignored, and does not end.

Tries: to be there for ever, or at least for 30 seconds
Stopped by: processes
Without: the same: it is killed by SIGKILL
Deserves: Fails: CLS-13
Shows: nothing
"""

import signal
import socket
import time

for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
    signal.signal(number, signal.SIG_IGN)

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
time.sleep(30)
