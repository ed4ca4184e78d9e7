"""Takes the first byte of the first message, and there is none when a client leaves without a word.

Fails: SRV-05 (like: empty-index)
"""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('127.0.0.1', 8989))
server.listen(128)
while True:
    client, addr = server.accept()
    print('connect from', addr)
    try:
        data = client.recv(1024)
        print('first byte:', data[0])
        while data:
            print('received:', data.decode('utf-8', 'replace'))
            client.sendall(data)
            data = client.recv(1024)
    except OSError as error:
        print(error)
    client.close()
