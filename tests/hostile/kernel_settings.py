"""Opens the kernel's settings for writing.

Tries: to change how the machine works (nothing is written)
Stopped by: rights, files
Without: as root it may
Deserves: passes
Shows: got (root)
"""

import os
import socket

for path in ('/proc/sys/kernel/core_pattern', '/proc/sysrq-trigger', '/sys/fs/cgroup/cgroup.procs'):
    try:
        os.close(os.open(path, os.O_WRONLY))
        print(f'got: {path}')
    except OSError as error:
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
