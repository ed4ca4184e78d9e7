"""Reads through a file object and sends what is typed through it."""
import hmac
import socket

sk = socket.socket()
sk.connect(('127.0.0.1', 8080))
stream = sk.makefile('rwb', buffering=0)
challenge = b''
while len(challenge) < 32:
    challenge += stream.read(32 - len(challenge))
stream.write(hmac.new(b'tutorial-secret', challenge, 'sha256').digest())
if stream.read(7) == b'welcome':
    while True:
        text = input()
        if text == '':
            break
        stream.write(text.encode())
        print(stream.read(1024).decode())
stream.close()
sk.close()
