"""Turns clients away while it serves another one, instead of letting them wait.

Fails: CLS-04
"""

import select
import socket
import threading


def serve(conn):
    try:
        while True:
            data = conn.recv(1024)
            if not data:
                break
            print(data.decode('utf-8', 'replace'))
            conn.sendall(data)
    except OSError:
        print('the client has left')
    conn.close()


def still_there(conn):
    gone = select.POLLRDHUP | select.POLLHUP | select.POLLERR | select.POLLNVAL
    try:
        poll = select.poll()
        poll.register(conn, gone)
        return not poll.poll(0)
    except ValueError:  # closed meanwhile
        return False


sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8989))
sk.listen(128)
current = None
while True:
    conn, addr = sk.accept()
    if current is not None and still_there(current):
        print('busy:', addr)
        conn.close()
        continue
    current = conn
    threading.Thread(target=serve, args=(conn,), daemon=True).start()
