"""Attaches a debugger to its parent.

Tries: to steer what watches over it (PTRACE_SEIZE, which stops nothing)
Stopped by: calls
Without: it steers its parent, which is the grader there
Deserves: passes
Shows: got (memory)
"""

import ctypes
import os
import socket

libc = ctypes.CDLL(None, use_errno=True)
PTRACE_SEIZE = 0x4206
if libc.ptrace(PTRACE_SEIZE, os.getppid(), None, None) == 0:
    print('got: my parent')
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
