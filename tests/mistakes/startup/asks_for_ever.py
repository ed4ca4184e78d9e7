"""Asks for input again and again before it listens."""

import socket

while input('Start the server (yes/no)? ') != 'yes':
    pass
sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8000))
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
