"""Closes right after sending instead of waiting for the answer.

Fails: XCH-07 (like: no-wait)
"""

import socket

sk = socket.socket()
sk.connect(('127.0.0.1', 8999))
sk.send(b'hello')
sk.close()
