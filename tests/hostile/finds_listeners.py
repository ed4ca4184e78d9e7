"""Looks in the kernel's table for the sockets of others.

Tries: to find a port that another program listens on
Stopped by: network
Without: every port of the machine is in the table
Deserves: passes
Shows: got
"""

import json
import socket
from pathlib import Path

WHERE = json.loads(Path(__file__).with_name('where.json').read_text())

port = f":{WHERE['tcp']:04X} "
with open('/proc/net/tcp') as table:
    print('got: the port' if port in table.read() else 'refused: it is not in the table')

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
