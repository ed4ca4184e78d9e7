"""Ends with a traceback when the server closes."""
import hmac
import socket

sk = socket.socket()
sk.connect(('127.0.0.1', 8080))
challenge = sk.recv(32, socket.MSG_WAITALL)
sk.send(hmac.new(b'tutorial-secret', challenge, 'sha256').digest())
assert sk.recv(7, socket.MSG_WAITALL) == b'welcome', 'refused'
while True:
    msg = input('>>>')
    if not msg: break
    sk.send(msg.encode('utf8'))
    ret = sk.recv(1024)
    print(ret.decode('utf8'))
sk.close()
