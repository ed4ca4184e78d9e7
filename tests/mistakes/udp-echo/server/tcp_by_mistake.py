"""Is a TCP server where UDP is asked for.

Fails: UDP-14
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('127.0.0.1', 8001))
server.listen(5)
while True:
    conn, addr = server.accept()
    data = conn.recv(1024)
    if not data:
        break
    print(f'接收到来自客户端{addr}的消息:{data.decode()}')
    conn.send(data)
    conn.close()
server.close()
