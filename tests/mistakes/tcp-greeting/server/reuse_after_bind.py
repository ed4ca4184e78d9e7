"""Sets SO_REUSEADDR after bind: too late, bind is the call that fails.

Fails: PRT-03, PRT-04 (like: late-reuse)
"""

import socket
from socket import SOL_SOCKET, SO_REUSEADDR

sk = socket.socket()
sk.bind(('127.0.0.1', 8080))
sk.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
sk.listen()
conn, addr = sk.accept()
conn.send(b'hello')
msg = conn.recv(1024)
print(msg)
conn.close()
sk.close()
