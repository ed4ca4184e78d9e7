"""Waits for a connection in accept, again and again, and never receives.

Fails: UDP-01
"""

import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.bind(('127.0.0.1', 9000))
conn = None
while conn is None:
    try:
        conn, addr = sk.accept()
    except OSError:
        continue
msg, addr = conn.recvfrom(1024)
print(addr, msg.decode())
conn.sendto(b'hello', addr)
sk.close()
