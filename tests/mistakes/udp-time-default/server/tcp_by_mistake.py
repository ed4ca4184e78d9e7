"""Is the TCP server that its name says.

Fails: UDP-14
"""

from socket import *
from time import strftime

tcp_server = socket(AF_INET, SOCK_STREAM)
tcp_server.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
tcp_server.bind(('127.0.0.1', 9000))
tcp_server.listen(5)
while True:
    conn, addr = tcp_server.accept()
    msg = conn.recv(1024)
    conn.send(strftime(msg.decode('utf-8') or '%Y-%m-%d %X').encode('utf-8'))
    conn.close()
