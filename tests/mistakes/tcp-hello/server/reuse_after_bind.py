"""Sets SO_REUSEADDR after bind: too late, bind is the call that fails.

Fails: PRT-03, PRT-04 (like: late-reuse)
"""

import socket

sk = socket.socket()
sk.bind(('127.0.0.1', 8999))
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.listen()
conn, addr = sk.accept()
ret = conn.recv(1024)
print(ret)
conn.send(b'hello')
conn.close()
sk.close()
