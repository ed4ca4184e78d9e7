"""Is a TCP server where UDP is asked for.

Fails: UDP-14
"""

import time
import socket

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 9000))
sk.listen()
while True:
    conn, addr = sk.accept()
    msg = conn.recv(1024)
    conn.send(time.strftime(msg.decode('utf-8')).encode('utf-8'))
    conn.close()
