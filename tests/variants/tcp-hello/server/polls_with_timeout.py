"""Its listener and its connection have a timeout, and it goes on after each."""
import socket

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('127.0.0.1', 9999))
server.listen(5)
server.settimeout(0.2)
conn = None
while conn is None:
    try:
        conn, addr = server.accept()
    except socket.timeout:
        continue
conn.settimeout(0.2)
while True:
    try:
        data = conn.recv(1024)
        break
    except socket.timeout:
        continue
conn.sendall(b'hello')
conn.close()
server.close()
