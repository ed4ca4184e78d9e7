"""Receives until one of the two answers is there as a whole."""

import socket

sk = socket.create_server(('127.0.0.1', 9000))
conn, addr = sk.accept()
conn.sendall(b'hello')
answer = b''
while answer not in (b'byebye!', b'hei'):
    data = conn.recv(100)
    if not data:
        break
    answer += data
print('client says', answer.decode())
conn.close()
sk.close()
