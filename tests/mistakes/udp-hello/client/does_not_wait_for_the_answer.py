"""Closes its socket right after sending: there is no connection to wait for, is there.

Fails: XCH-11 (like: no-wait)
"""

import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.sendto('This is Client!'.encode('utf-8'), ('127.0.0.1', 9000))
print('hello')
sk.close()
