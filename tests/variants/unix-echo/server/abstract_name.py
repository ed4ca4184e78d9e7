"""A name in Linux's abstract space: no file, so nothing is left behind and nothing to remove."""

import socket

sk = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
sk.bind('\0echo')
sk.listen(5)
conn, _ = sk.accept()
while True:
    msg = conn.recv(1024)
    if not msg:
        break
    print(msg.decode(errors='replace'))
    conn.send(msg)
conn.close()
sk.close()
