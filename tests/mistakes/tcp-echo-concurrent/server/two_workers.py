"""Serves two clients at the same time, and the others when one of these has left.

Fails: SRV-07
"""

import socket
from concurrent.futures import ThreadPoolExecutor


def talk(conn, addr):
    print('connect from', addr)
    try:
        while True:
            data = conn.recv(4096)
            if not data:
                break
            print(data.decode('utf-8', 'replace'))
            conn.sendall(data)
    except OSError as error:
        print(error)
    conn.close()


pool = ThreadPoolExecutor(2)
server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('127.0.0.1', 8989))
server.listen(50)
while True:
    conn, addr = server.accept()
    pool.submit(talk, conn, addr)
