"""Answers every message with 8 MiB.

Tries: to have the grader keep all of it
Stopped by: wire
Without: the same: what does not belong there is told after its first bytes
Deserves: Fails: ECH-01
Shows: nothing
"""

import socket



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
    conn.sendall(data + b'A' * (8 << 20))
conn.close()
sk.close()
