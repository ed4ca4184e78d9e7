"""The path is a pathlib.Path: is_socket, exists and unlink of it, and str() for bind."""

import socket
from pathlib import Path

path = Path('/tmp') / 'echo.sock'
if path.exists() and path.is_socket():
    path.unlink()
sk = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
sk.bind(str(path))
path.chmod(0o777)
sk.listen(1)
conn, _ = sk.accept()
while True:
    msg = conn.recv(1024)
    if not msg:
        break
    print(msg.decode(errors='replace'))
    conn.sendall(msg)
conn.close()
sk.close()
path.unlink()
