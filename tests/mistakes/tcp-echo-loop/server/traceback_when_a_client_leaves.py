"""Survives, but every client that leaves raises an IndexError first.

Fails: SRV-02 (like: empty-index)
"""

import socket
import traceback

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('127.0.0.1', 8989))
s.listen(128)
def serve(c):
    while True:
        data = c.recv(1024)
        if data[0] == 4:  # Ctrl-D
            return
        print('received:', data.decode('utf-8', 'replace'))
        c.sendall(data)


while True:
    c, addr = s.accept()
    print('connect from', addr)
    try:
        serve(c)
    except Exception:
        traceback.print_exc()
    c.close()
