"""Asks select again and again with a time limit before each call."""
import select
import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('', 8000))
server.listen(5)


def wait(sock):
    while True:
        readable, _, _ = select.select([sock], [], [], 0.5)
        if readable:
            return


wait(server)
conn, addr = server.accept()
print('accepted', addr)
while True:
    wait(conn)
    data = conn.recv(1024)
    if len(data) == 0:
        break
    print('got', data.decode('utf-8', 'replace'))
    conn.sendall(data)
conn.close()
server.close()
