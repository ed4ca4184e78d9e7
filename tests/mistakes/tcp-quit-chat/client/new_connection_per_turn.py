"""Connects anew for every turn.

Fails: XCH-09 (like: connects-each-line)
"""

import socket

while True:
    sk = socket.socket()
    sk.connect(('127.0.0.1', 9000))
    msg = sk.recv(1024)
    if msg == b'q' or not msg:
        break
    print(msg.decode('utf-8'))
    inp = input('>>>')
    sk.send(inp.encode('utf-8'))
    sk.close()
    if inp == 'q':
        break
sk.close()
