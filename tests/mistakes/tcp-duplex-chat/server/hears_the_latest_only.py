"""One thread receives, always from the client that came last.

Fails: SRV-08, CLS-02 (like: shared-state)
"""

import socket
import threading

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
server.bind(('', 8989))
server.listen(128)
talking = []


def listen(conn):
    while talking[-1] is conn:
        data = conn.recv(1024)
        if not data:
            break
        print('接收:', data.decode('utf-8'))
    conn.close()


def speak():
    while True:
        talking[-1].send(input('发送信息:').encode('utf-8'))


conn, addr = server.accept()
talking.append(conn)
threading.Thread(target=speak, daemon=True).start()
while True:
    threading.Thread(target=listen, args=(conn,), daemon=True).start()
    conn, addr = server.accept()
    talking.append(conn)
