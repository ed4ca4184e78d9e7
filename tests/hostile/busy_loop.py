"""Keeps a processor busy while it serves.

Tries: to use up the processor in a thread, for at most 5 seconds
Stopped by: processes, limits
Without: the same: what it has used is seen, and it is ended with the conversation
Deserves: Fails: LIF-04, DAT-11
Shows: nothing
"""

import socket
import threading
import time

def burn():
    end = time.thread_time() + 5
    while time.thread_time() < end:
        pass


threading.Thread(target=burn, daemon=True).start()

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
