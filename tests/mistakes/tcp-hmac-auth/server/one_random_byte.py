"""Takes one random byte 32 times: there are 256 challenges only.

Fails: AUT-01
"""

import hmac
import os
import socket

secret_key = b'tutorial-secret'


def read_answer(conn):
    answer = b''
    while len(answer) < 32:
        part = conn.recv(32 - len(answer))
        if not part:
            break
        answer += part
    return answer


def check_client(conn):
    challenge = os.urandom(1) * 32
    conn.sendall(challenge)
    expected = hmac.new(secret_key, challenge, 'sha256').digest()
    return hmac.compare_digest(expected, read_answer(conn))


def talk(conn):
    if not check_client(conn):
        print('客户端不合法')
        return
    conn.sendall(b'welcome')
    while True:
        data = conn.recv(1024)
        if not data:
            break
        conn.sendall(data)


sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8080))
sk.listen()
while True:
    conn, addr = sk.accept()
    print('connect from', addr)
    try:
        talk(conn)
    except ConnectionError as error:
        print(error)
    conn.close()
