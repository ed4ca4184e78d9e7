"""Says goodbye and closes without having listened.

Fails: XCH-05, XCH-07 (like: speaks-first)
"""

import socket

sk = socket.socket()
sk.connect(('127.0.0.1', 8080))
sk.send(b'byebye!')
sk.close()
