"""Closes with SO_LINGER 0, which is an abort: the server gets RST.

Fails: CLS-06 (like: aborts)
"""

import hmac
import socket
import struct

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
    print(sk.recv(1024).decode())
sk.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
sk.close()
