"""Takes four bytes at a time and decodes each piece: a Chinese character is cut in two.

Fails: DAT-04 (like: cuts-characters)
"""

import os
import socket

SOCK_FILE = '/tmp/chat/echo.socket'
if os.path.exists(SOCK_FILE):
    os.remove(SOCK_FILE)
sk = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
sk.bind(SOCK_FILE)
sk.listen(5)
conn, addr = sk.accept()
print('connected')
while True:
    msg = conn.recv(4)
    if not msg:
        break
    print(msg.decode('utf-8'), end='')
    conn.send(msg)
conn.close()
sk.close()
os.remove(SOCK_FILE)
