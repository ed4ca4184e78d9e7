"""Listens on :: for IPv6 and IPv4 at once."""
import socket

server = socket.create_server(('::', 8000), family=socket.AF_INET6, dualstack_ipv6=True)
conn, addr = server.accept()
print('connect from', addr)
while True:
    data = conn.recv(1024)
    if not data:
        break
    print(data.decode(errors='replace'))
    conn.sendall(data)
conn.close()
server.close()
