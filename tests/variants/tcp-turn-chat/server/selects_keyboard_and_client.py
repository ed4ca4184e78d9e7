"""Waits for the keyboard and the client at once, so it sees a client leave while it asks."""
import select
import socket
import sys

server = socket.create_server(('127.0.0.1', 8080))
while True:
    conn, addr = server.accept()
    print('connected:', addr)
    while True:
        print('> ', end='', flush=True)
        ready, _, _ = select.select([sys.stdin, conn], [], [])
        try:
            if conn in ready and not conn.recv(1, socket.MSG_PEEK):
                break
            line = sys.stdin.readline().strip()
            if not line:
                continue
            conn.sendall(line.encode('utf8'))
            data = conn.recv(1024)
        except ConnectionError:
            break
        if not data:
            break
        print(data.decode('utf8', 'replace'))
    conn.close()
