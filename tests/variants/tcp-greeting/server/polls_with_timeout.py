"""Its listener and its connection have a timeout, and it goes on after each."""
import socket

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('127.0.0.1', 8080))
server.listen(5)
server.settimeout(0.2)
while True:
    try:
        conn, addr = server.accept()
        break
    except socket.timeout:
        print('.', end='')
conn.send(b'hello')
conn.settimeout(0.2)
while True:
    try:
        print(conn.recv(1024))
        break
    except socket.timeout:
        print('.', end='')
conn.close()
server.close()
