"""Sets SO_REUSEADDR to 0, which switches it off.

Fails: PRT-03, PRT-04 (like: reuse-off)
"""

from socket import *

sk = socket(AF_INET, SOCK_STREAM)
sk.setsockopt(SOL_SOCKET, SO_REUSEADDR, 0)
sk.bind(('127.0.0.1', 8898))
sk.listen()
conn, addr = sk.accept()
ret = conn.recv(1024)
print(ret)
conn.send(b'hi')
conn.close()
sk.close()
