"""Tries system calls that homework has no use for.

Tries: to reach the kernel by calls with a history of holes: bpf, userfaultfd, io_uring, perf, keys
Stopped by: calls
Without: it has those that the machine allows
Deserves: passes
Shows: got
"""

import ctypes
import os
import platform
import socket

libc = ctypes.CDLL(None, use_errno=True)
X86_64 = {'bpf': 321, 'userfaultfd': 323, 'perf_event_open': 298, 'io_uring_setup': 425, 'add_key': 248}
AARCH64 = {'bpf': 280, 'userfaultfd': 282, 'perf_event_open': 241, 'io_uring_setup': 425, 'add_key': 217}
calls = X86_64 if platform.machine() == 'x86_64' else AARCH64
for name, number in calls.items():
    libc.syscall(number, 0, 0, 0, 0, 0)
    error = ctypes.get_errno()
    # What the kernel has looked at it finds wrong in another way: EINVAL, EFAULT.
    print(f'refused: {name}' if error in (1, 38) else f'got: {name}, {os.strerror(error)}')

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
