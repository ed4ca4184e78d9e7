"""A selector with a time limit; the file's folder comes from tempfile."""

import os
import selectors
import socket
import tempfile

PATH = os.path.join(tempfile.gettempdir(), 'echo.sock')
try:
    os.unlink(PATH)
except FileNotFoundError:
    pass
sk = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
sk.bind(PATH)
sk.listen(5)
with selectors.DefaultSelector() as selector:
    selector.register(sk, selectors.EVENT_READ)
    while not selector.select(0.5):
        pass
    conn, _ = sk.accept()
    selector.unregister(sk)
    selector.register(conn, selectors.EVENT_READ)
    while True:
        if not selector.select(0.5):
            continue
        msg = conn.recv(1024)
        if not msg:
            break
        print(msg.decode(errors='replace'))
        conn.sendall(msg)
conn.close()
sk.close()
os.unlink(PATH)
