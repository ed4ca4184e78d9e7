"""Keeps what it has told a lost client last in a default argument, which belongs to all clients.

Fails: SRV-03, SRV-09 (like: shared-state)
"""

import socket
import threading


def talk(conn, addr, waiting=bytearray()):
    print('connect from', addr)
    data = b''
    try:
        while True:
            data = conn.recv(4096)
            if not data:
                break
            conn.sendall(bytes(waiting) + data)
            waiting.clear()
    except OSError as error:
        # the client may come again for it
        waiting.extend(data)
        print(error)
    conn.close()


server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('127.0.0.1', 8989))
server.listen(50)
while True:
    conn, addr = server.accept()
    threading.Thread(target=talk, args=(conn, addr), daemon=True).start()
