"""Pauses after each refusal, so that guessing takes long, and serves one client at a time."""
import hashlib
import hmac
import secrets
import socket
import time


def read_exactly(conn, size):
    data = bytearray()
    while len(data) < size:
        part = conn.recv(size - len(data))
        if not part:
            return None
        data += part
    return bytes(data)


def talk(conn):
    challenge = secrets.token_bytes(32)
    conn.sendall(challenge)
    answer = read_exactly(conn, 32)
    right = hmac.new(b'tutorial-secret', challenge, hashlib.sha256).digest()
    if answer is None or not hmac.compare_digest(right, answer):
        return False
    conn.sendall(b'welcome')
    while True:
        data = conn.recv(4096)
        if not data:
            return True
        conn.sendall(data)


server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('127.0.0.1', 8080))
server.listen(5)
while True:
    conn, addr = server.accept()
    legal = True
    try:
        legal = talk(conn)
    except ConnectionError as e:
        print(addr, e)
    conn.close()
    if not legal:
        print(addr, 'refused')
        time.sleep(1.5)
