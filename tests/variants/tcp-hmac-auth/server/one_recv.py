"""Takes one recv for the answer, as programs of this kind mostly do.

Loses: AUT-06, AUT-07
"""
import hmac
import os
import socket

secret_key = b'tutorial-secret'

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8080))
sk.listen()
while True:
    try:
        conn, addr = sk.accept()
        rand = os.urandom(32)
        conn.send(rand)
        h = hmac.new(secret_key, rand, digestmod='sha256')
        ret = conn.recv(1024)
        if hmac.compare_digest(h.digest(), ret):
            conn.send(b'welcome')
            while True:
                msg = conn.recv(1024)
                if not msg:
                    break
                conn.send(msg)
        else:
            print('不合法的客户端')
        conn.close()
    except ConnectionError as e:
        print(e)
        conn.close()
