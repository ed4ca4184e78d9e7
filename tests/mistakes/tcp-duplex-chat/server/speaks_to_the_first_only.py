"""What is typed goes to the first client, also when it has left.

Fails: CLS-02
"""

import socket
import threading

conns = []


def listen(conn, addr):
    try:
        while True:
            data = conn.recv(1024)
            if not data:
                break
            print(addr, data.decode(errors='replace'))
    except OSError as e:
        print(e)
    conn.close()


def speak():
    while True:
        line = input('> ').encode()
        try:
            conns[0].sendall(line)
        except OSError as e:
            print(e)


s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('127.0.0.1', 8989))
s.listen(5)
threading.Thread(target=speak, daemon=True).start()
while True:
    conn, addr = s.accept()
    conns.append(conn)
    threading.Thread(target=listen, args=(conn, addr), daemon=True).start()
