"""Prints only text, uses sendall and closes the listener first."""
import socket

sk = socket.socket()
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('192.168.1.169', 8080))
sk.listen(5)
conn, addr = sk.accept()
sk.close()
conn.sendall(b'hello')
print(conn.recv(1024).decode('utf-8'))
conn.close()
