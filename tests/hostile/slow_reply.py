"""Answers each message after half a second.

Tries: to have the grader wait until somebody gives up
Stopped by: wire
Without: the same: a program that sleeps is not at rest, and is waited for
Deserves: passes
Shows: nothing
"""

import socket
import time



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
    if len(data) < 100:
        time.sleep(0.5)
    conn.sendall(data)
conn.close()
sk.close()
