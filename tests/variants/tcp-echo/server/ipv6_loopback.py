"""Listens on ::1 only."""
import socket

server = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('::1', 8000))
server.listen(5)
conn, addr = server.accept()
print(f'connect from [{addr[0]}]:{addr[1]}')
while data := conn.recv(1024):
    print(data.decode('utf-8', 'replace'))
    conn.sendall(data)
conn.close()
server.close()
