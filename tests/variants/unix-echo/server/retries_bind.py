"""Binds first; only when the address is in use the file is removed and bind called again."""

import errno
import os
import socket

PATH = '/var/run/echo.sock'
sk = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
try:
    sk.bind(PATH)
except OSError as error:
    if error.errno != errno.EADDRINUSE:
        raise
    os.remove(PATH)
    sk.bind(PATH)
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
os.remove(PATH)
