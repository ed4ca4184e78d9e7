"""Calls no close: the end of the process closes both sockets."""
import socket

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8999))
sk.listen()
conn, addr = sk.accept()
ret = conn.recv(1024)
conn.send(b'hello')
