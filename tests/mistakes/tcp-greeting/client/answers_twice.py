"""Says goodbye in two messages instead of one.

Fails: XCH-06
"""

import socket
import time

sk = socket.socket()
sk.connect(('127.0.0.1', 8080))
ret = sk.recv(1024)
print(ret)
sk.send(b'hei')
time.sleep(0.1)
sk.send(b'byebye!')
sk.close()
