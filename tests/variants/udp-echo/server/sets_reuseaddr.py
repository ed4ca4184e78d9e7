"""Sets SO_REUSEADDR on its UDP socket, which is not needed, and calls it tcp_server."""
from socket import *

ip_port = ('127.0.0.1', 9000)
bufsize = 2048
tcp_server = socket(AF_INET, SOCK_DGRAM)
tcp_server.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
tcp_server.bind(ip_port)
while True:
    msg, addr = tcp_server.recvfrom(bufsize)
    if not msg:
        break
    print('===>', msg.decode('utf-8', 'replace'), addr)
    tcp_server.sendto(msg, addr)
tcp_server.close()
