"""Prints what was typed instead of what came back.

Fails: XCH-11 (like: no-print)
"""

import hmac
import socket

secret_key = b'tutorial-secret'

sk = socket.socket()
sk.connect(('127.0.0.1', 8080))
challenge = b''
while len(challenge) < 32:
    part = sk.recv(32 - len(challenge))
    if not part:
        break
    challenge += part
answer = hmac.new(secret_key, challenge, 'sha256').digest()
sk.sendall(answer)
ret = sk.recv(7)
if ret != b'welcome':
    print('服务端拒绝了连接')
    raise SystemExit(1)
while True:
    line = input('>>> ')
    if not line:
        break
    sk.sendall(line.encode())
    sk.recv(1024)
    print(line)
sk.close()
