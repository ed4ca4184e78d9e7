"""Holds a lock while it receives, so a silent client keeps all others waiting.

Fails: SRV-07
"""

import socket
import threading

lock = threading.Lock()


def talk(conn, addr):
    print('connect from', addr)
    try:
        while True:
            with lock:
                data = conn.recv(1024)
            if not data:
                break
            print(data.decode('utf-8', 'replace'))
            conn.sendall(data)
    except OSError as error:
        print(error)
    conn.close()


server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('127.0.0.1', 8989))
server.listen(128)
while True:
    conn, addr = server.accept()
    threading.Thread(target=talk, args=(conn, addr), daemon=True).start()
