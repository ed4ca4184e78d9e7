"""Takes four bytes at a time and decodes each piece: a Chinese character is cut in two.

Fails: DAT-04 (like: cuts-characters)
"""

import socket

sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sock.bind(('127.0.0.1', 8989))
sock.listen(128)
while True:
    new_sock, addr = sock.accept()
    print('connect from', addr)
    while True:
        try:
            recv_data = new_sock.recv(4)
            if not recv_data:
                break
            print(recv_data.decode('utf-8'), end='')
            new_sock.sendall(recv_data)
        except OSError:
            break
    new_sock.close()
