"""A thread for each client, secrets.token_bytes, a file object for reading."""
import hashlib
import hmac
import secrets
import socket
import threading


def serve(conn, addr):
    with conn, conn.makefile('rb', buffering=0) as stream:
        try:
            challenge = secrets.token_bytes(32)
            conn.sendall(challenge)
            wanted = hmac.digest(b'tutorial-secret', challenge, 'sha256')
            answer = b''
            while len(answer) < 32:
                piece = stream.read(32 - len(answer))
                if not piece:
                    return
                answer += piece
            if not secrets.compare_digest(wanted, answer):
                print(addr, 'refused')
                return
            conn.sendall(b'welcome')
            while data := stream.read(1024):
                conn.sendall(data)
        except OSError as e:
            print(addr, e)


with socket.create_server(('127.0.0.1', 8080)) as server:
    while True:
        threading.Thread(target=serve, args=server.accept(), daemon=True).start()
