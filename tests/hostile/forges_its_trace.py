"""Tells calls that it has never made.

Tries: to pass because its trace says that it has sent everything back
Stopped by: wire
Without: the same: the trace explains, and never decides
Deserves: Fails: ECH-01
Shows: nothing
"""

import json
import os
import socket
import time

def tell(call, result, size, flow):
    event = [time.monotonic(), call, 4, 'server.py', 12, '', result, size, flow, False, None]
    os.write(250, json.dumps(event).encode() + b'\n')


for _ in range(100):
    tell('recv', '12 bytes', 12, 'in')
    tell('sendall', '', 12, 'out')

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
