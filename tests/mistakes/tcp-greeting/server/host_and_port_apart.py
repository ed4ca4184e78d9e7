"""Gives bind two arguments; an address is one tuple.

Fails: LIF-02 (like: two-arguments)
"""

import socket

HOST = '127.0.0.1'
PORT = 8080

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(HOST, PORT)
sk.listen()
conn, addr = sk.accept()
conn.send(b'hello')
print(conn.recv(1024))
conn.close()
sk.close()
