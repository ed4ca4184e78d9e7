"""Closes with SO_LINGER 0, which is an abort: the server gets RST.

Fails: CLS-06 (like: aborts)
"""

import socket
import struct

sk = socket.socket()
sk.connect(('127.0.0.1', 8080))
ret = sk.recv(1024)
print(ret)
sk.send(b'byebye!')
sk.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
sk.close()
