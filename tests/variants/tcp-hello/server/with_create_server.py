"""With-statements, create_server, sendall, a large buffer and a main guard."""
import socket

if __name__ == '__main__':
    with socket.create_server(('127.0.0.1', 8999)) as server:
        conn, addr = server.accept()
        with conn:
            conn.recv(4096)
            conn.sendall(b'hello')
