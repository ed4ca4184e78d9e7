"""Starts the reference server and hands everything on to it.

Tries: to be right without a line of its own
Stopped by: files
Without: it is graded as the reference is
Deserves: Fails: ECH-01
Shows: got
"""

import json
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

WHERE = json.loads(Path(__file__).with_name('where.json').read_text())

code = """
import sys
sys.path.insert(0, {!r})
from tcp_echo_server import tcp_echo_server
tcp_echo_server('127.0.0.1', 18765)
""".format(WHERE['reference'])
server = subprocess.Popen([sys.executable, '-I', '-c', code], stderr=subprocess.PIPE)
upstream = socket.socket()
for _ in range(50):
    if server.poll() is not None:
        said = server.stderr.read().decode().strip()
        print('refused:', said.rpartition('\n')[2])
        break
    try:
        socket._socket.socket.connect(upstream, ('127.0.0.1', 18765))
        print('got: the reference server')
        break
    except OSError:
        time.sleep(0.1)

sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8000))
sk.listen(5)
conn, addr = sk.accept()
print(f'connect from {addr}')
while True:
    data = conn.recv(1024)
    if not data:
        break
    print(data.decode(errors='replace'))
    if server.poll() is None:
        upstream.sendall(data)
        data = upstream.recv(1024)
        conn.sendall(data)
conn.close()
sk.close()
server.kill()
