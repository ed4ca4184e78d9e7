"""Keeps the message in a global variable, where the next one takes its place.

Fails: SRV-08 (like: shared-state)
"""

import socket
import threading
import time

message = b''


def talk(c):
    global message
    try:
        while True:
            data = c.recv(1024)
            if not data:
                break
            message = data
            time.sleep(0.1)
            c.sendall(message)
    except OSError:
        print('the client has left')
    c.close()


s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('', 8989))
s.listen(128)
while True:
    c, addr = s.accept()
    print('connect from', addr)
    threading.Thread(target=talk, args=(c,), daemon=True).start()
