"""Asks and sends before it has heard the server.

Fails: XCH-05 (like: speaks-first)
"""

import socket

sk = socket.socket()
sk.connect(('127.0.0.1', 9000))
while True:
    inp = input('>>>')
    sk.send(inp.encode('utf-8'))
    if inp == 'q':
        break
    msg = sk.recv(1024)
    if msg == b'q' or not msg:
        break
    print(msg.decode('utf-8'))
sk.close()
