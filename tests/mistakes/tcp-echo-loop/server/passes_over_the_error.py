"""Goes on after the error that says that the client has left, and so spins for ever.

Fails: CLS-02, SRV-01
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('127.0.0.1', 8989))
server.listen(128)
while True:
    client, addr = server.accept()
    print('connect from', addr)
    while True:
        try:
            data = client.recv(1024)
            if not data:
                raise ConnectionResetError('the client has left')
            print(f'接收到来自客户端的消息:{data.decode(errors="replace")}')
            client.sendall(data)
        except:
            pass
    client.close()
