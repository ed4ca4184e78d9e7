"""Takes four bytes at a time and decodes each piece: a Chinese character is cut in two.

Fails: DAT-04 (like: cuts-characters)
"""

import socket

sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8000))
sk.listen(5)
conn, addr = sk.accept()
print(f'connect from {addr}')
while True:
    msg = conn.recv(4)
    if not msg:
        break
    print(msg.decode('utf-8'), end='')
    conn.send(msg)
conn.close()
sk.close()
