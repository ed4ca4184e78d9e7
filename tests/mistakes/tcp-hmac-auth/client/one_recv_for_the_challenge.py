"""Takes one recv for the whole challenge.

Fails: AUT-06 (like: recv-once)
"""

import hmac
import socket

secret_key = b'tutorial-secret'

sk = socket.socket()
sk.connect(('127.0.0.1', 8080))
challenge = sk.recv(1024)
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
sk.close()
