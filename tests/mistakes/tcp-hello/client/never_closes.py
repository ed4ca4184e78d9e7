"""Never closes the connection and never ends.

Fails: CLS-06
"""

import socket
import time

sk = socket.socket()
sk.connect(('127.0.0.1', 8999))
sk.send(b'hello')
ret = sk.recv(1024)
print(ret)
while True:
    time.sleep(1)
