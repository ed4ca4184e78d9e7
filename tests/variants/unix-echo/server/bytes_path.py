"""The path is bytes, as the system sees it."""

import os
import socket

PATH = b'/tmp/echo.sock'
if os.access(PATH, os.F_OK):
    os.unlink(PATH)
with socket.socket(socket.AF_UNIX) as sk:
    sk.bind(PATH)
    sk.listen()
    conn, _ = sk.accept()
    with conn:
        for msg in iter(lambda: conn.recv(1024), b''):
            print(msg.decode(errors='replace'))
            conn.sendall(msg)
os.unlink(PATH)
