"""Catches no exception: a client that aborts ends the server.

Fails: SRV-03 (like: reset)
"""

import socket

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('192.168.21.36', 9000))
sk.listen()
while True:
    conn, addr = sk.accept()
    while True:
        inp = input('>>>')
        conn.send(inp.encode('utf-8'))
        if inp == 'q':
            break
        msg = conn.recv(1024)
        if msg == b'q' or msg == b'':
            break
        print(msg.decode('utf-8'))
    conn.close()
