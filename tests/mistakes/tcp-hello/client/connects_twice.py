"""Connects once to see whether the server is there, and so uses up its one accept.

Fails: XCH-04
"""

import socket
import sys

address = ('127.0.0.1', 8999)

test = socket.socket()
if test.connect_ex(address) != 0:
    sys.exit('the server is not running')
test.close()

sk = socket.socket()
sk.connect(address)
sk.send(b'hello')
ret = sk.recv(1024)
print(ret)
sk.close()
