"""Answers every message with everything that it has seen.

Tries: to have the right answer somewhere in its reply
Stopped by: wire
Without: the same: a reply is compared byte for byte
Deserves: Fails: ECH-02, DAT-07
Shows: nothing
"""

import socket

seen = b''

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
    seen += data
    conn.sendall(seen)
conn.close()
sk.close()
