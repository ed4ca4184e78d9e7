"""Has no loop: it ends after one turn.

Fails: XCH-09 (like: one-line)
"""

import socket

sk = socket.socket()
sk.connect(('127.0.0.1', 9000))
msg = sk.recv(1024)
print(msg.decode('utf-8'))
if msg and msg != b'q':
    inp = input('>>>')
    sk.send(inp.encode('utf-8'))
sk.close()
