"""Waits for the welcome in a loop that does not know the end of the stream.

Fails: CLS-03 (like: no-end-check)
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
while sk.recv(7) != b'welcome':
    pass
while True:
    line = input('>>> ')
    if not line:
        break
    sk.sendall(line.encode())
    print(sk.recv(1024).decode())
sk.close()
