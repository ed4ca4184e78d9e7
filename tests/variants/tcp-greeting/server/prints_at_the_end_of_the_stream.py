"""The answer has no length: it ends where the stream does."""
import socket

with socket.create_server(('127.0.0.1', 8080)) as server:
    conn, addr = server.accept()
    with conn:
        conn.sendall(b'hello')
        answer = b''.join(iter(lambda: conn.recv(100), b''))
    print('answer:', answer.decode())
