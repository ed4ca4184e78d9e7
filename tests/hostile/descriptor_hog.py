"""Opens files until no more can be opened.

Tries: to have 6000 descriptors open
Stopped by: limits
Without: it takes them from all programs of the machine
Deserves: passes
Shows: got (descriptors)
"""

import resource
import socket

try:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    files = [open('/dev/null') for _ in range(6000)]
    print('got: 6000 descriptors')
    for file in files:
        file.close()
except (OSError, ValueError) as error:
    print(f'refused: {error}')

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
