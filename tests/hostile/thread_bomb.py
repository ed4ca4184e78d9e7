"""Starts threads that do nothing but exist.

Tries: to have 600 threads
Stopped by: limits
Without: the threads exist until the program ends
Deserves: passes
Shows: nothing
"""

import socket
import threading

end = threading.Event()
try:
    for _ in range(600):
        threading.Thread(target=end.wait, args=(20,), daemon=True).start()
    print('got: 600 threads')
except RuntimeError as error:
    print(f'refused: {error}')
    end.set()

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
