"""Forks processes that fork processes.

Tries: to have 60 processes, each of which sleeps for 20 seconds
Stopped by: processes
Without: the 60 processes are found by their parents or by their mark, and killed one by one
Deserves: passes
Shows: nothing
"""

import os
import signal
import socket
import time

tokens, spare = os.pipe()
os.set_blocking(tokens, False)
os.write(spare, b'.' * 60)
first = os.getpid()
while True:
    try:
        os.read(tokens, 1)
    except BlockingIOError:
        break
    if os.fork() == 0:
        signal.alarm(20)
if os.getpid() != first:
    time.sleep(20)
    os._exit(0)
os.close(tokens)
os.close(spare)

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
