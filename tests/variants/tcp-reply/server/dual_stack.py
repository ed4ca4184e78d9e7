"""Listens on :: for IPv6 and IPv4 at once, and prints the bytes as well."""
import socket

server = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
server.bind(('::', 8989))
server.listen()
conn, addr = server.accept()
print(addr)
data = conn.recv(1024)
print(data, len(data), data.decode())
conn.sendall('ok, 问题正在处理中...'.encode())
conn.close()
server.close()
