"""Reads sys.stdin line by line, prints the prompt itself, closes with shutdown."""
import socket
import sys
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
s.bind(('', 8080))
s.listen()
for conn, addr in iter(s.accept, None):
    while True:
        print('you:', end=' ', flush=True)
        line = sys.stdin.readline().strip()
        if not line:
            continue
        try:
            conn.sendall(line.encode())
            answer = conn.recv(4096)
        except ConnectionError:
            answer = b''
        if not answer:
            break
        print('client:', answer.decode(errors='replace'))
    try:
        conn.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    conn.close()
