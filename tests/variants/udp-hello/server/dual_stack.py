"""Binds :: with IPv4 allowed too, and receives with recvmsg."""
import socket

server = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
server.bind(('::', 9000))
data, _, _, address = server.recvmsg(2048)
print(data, address[:2])
server.sendto(b'hello', address)
server.close()
