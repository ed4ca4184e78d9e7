"""Sets SO_REUSEPORT in place of SO_REUSEADDR: Linux lets it restart as well."""
import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
server.bind(('127.0.0.1', 8999))
server.listen(5)
conn, addr = server.accept()
data = conn.recv(1024)
conn.send(b'hello')
conn.close()
server.close()
