"""Accepts before the loop: one chat, and the program is over.

Fails: CHT-04, SRV-01
"""

import socket

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 9000))
sk.listen()
conn, addr = sk.accept()
try:
    while True:
        inp = input('>>>')
        conn.send(inp.encode('utf-8'))
        if inp == 'q':
            break
        msg = conn.recv(1024)
        if msg == b'q' or not msg:
            break
        print(msg.decode('utf-8'))
except OSError as e:
    print(e)
conn.close()
sk.close()
