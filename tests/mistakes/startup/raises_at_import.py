"""Raises before it has made a socket."""

import socket

port = int('port 8000')
host = {'server': '127.0.0.1'}['host']
sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind((host, port))
sk.listen(5)
conn, addr = sk.accept()
print(f'connect from {addr}')
while True:
    msg = conn.recv(1024)
    if not msg:
        break
    print('received:', msg.decode('utf-8', 'replace'))
    conn.send(msg)
conn.close()
sk.close()
