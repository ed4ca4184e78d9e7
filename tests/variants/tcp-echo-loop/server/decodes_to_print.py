"""Decodes what it receives strictly, to print it; it sends back the bytes as they came."""

import socket

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8000))
sk.listen(5)
while True:
    conn, addr = sk.accept()
    try:
        while data := conn.recv(1024):
            print(data.decode())
            conn.sendall(data)
    except ConnectionError:
        pass
    conn.close()
