# A colon is missing: the file does not compile.
import socket

server = socket.socket()
server.bind(('127.0.0.1', 8000))
server.listen(5)
conn, addr = server.accept()
while True
    data = conn.recv(1024)
    if not data:
        break
    conn.send(data)
conn.close()
