"""Prints each piece as it comes, to see what happens: more than the file itself."""

import socket

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 9000))
sk.listen(5)
print('waiting...')
conn, addr = sk.accept()
filename = conn.recv(1024).decode('utf-8')
print('file name:', filename)
size = 0
if filename:
    with open(filename, 'wb') as f:
        while True:
            data = conn.recv(1024)
            print(data)
            if not data:
                break
            f.write(data)
            size += len(data)
    print(f'file size:{size}')
conn.close()
sk.close()
