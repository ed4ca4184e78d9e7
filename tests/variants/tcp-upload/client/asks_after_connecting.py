"""Connects first and asks for the path then, with pathlib."""

import socket
import time
from pathlib import Path

with socket.socket() as sk:
    sk.connect(('127.0.0.1', 9000))
    file = Path(input('which file? '))
    print('file size:', file.stat().st_size)
    sk.sendall(file.name.encode('utf-8'))
    time.sleep(1)
    with file.open('rb') as f:
        for block in iter(lambda: f.read(4096), b''):
            sk.sendall(block)
print('Finish!')
