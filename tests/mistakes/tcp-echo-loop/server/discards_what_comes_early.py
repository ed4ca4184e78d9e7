"""Reads what waiting clients send before their turn, and throws it away.

Fails: DAT-09
"""

import select
import socket

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8989))
sk.listen(128)
clients = []  # the first one is being served, the others wait


def receive(conn):
    try:
        return conn.recv(1024)
    except OSError:
        return b''


while True:
    ready, _, _ = select.select([sk, *clients], [], [])
    for conn in clients[:]:
        if conn not in ready:
            continue
        data = receive(conn)
        if not data:
            clients.remove(conn)
            conn.close()
        elif conn is not clients[0]:
            print('not your turn yet')
        else:
            print(data.decode('utf-8', 'replace'))
            try:
                conn.sendall(data)
            except OSError:
                print('the client has left')
    if sk in ready:
        conn, addr = sk.accept()
        clients.append(conn)
