"""Makes a user namespace in which it is root.

Tries: to mount file systems and reach parts of the kernel that are not for users
Stopped by: calls
Without: it is root there, as far as the machine allows
Deserves: passes
Shows: got (root)
"""

import ctypes
import os
import socket

libc = ctypes.CDLL(None, use_errno=True)
CLONE_NEWUSER, CLONE_NEWNS = 0x10000000, 0x20000
if libc.unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0:
    print('got: namespaces')
else:
    print(f'refused: {os.strerror(ctypes.get_errno())}')

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
