# Homework 1: say hello to the first client
import socket

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # or the port stays busy for a minute
sk.bind(('127.0.0.1', 8999))
sk.listen()
print('waiting for a client...')

conn, addr = sk.accept()
ret = conn.recv(1024)
print('client', addr, 'says', ret)
conn.send(b'hello')

conn.close()
sk.close()
