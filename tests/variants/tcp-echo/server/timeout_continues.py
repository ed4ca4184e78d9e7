"""Its connection has a timeout for receiving, and it goes on after each."""
import socket

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('127.0.0.1', 8000))
server.listen(5)
conn, addr = server.accept()
print('client:', addr)
while True:
    conn.settimeout(0.5)
    try:
        data = conn.recv(1024)
    except socket.timeout:
        continue
    if not data:
        break
    print('data:', data.decode('utf-8', 'replace'))
    conn.settimeout(None)
    conn.sendall(data)
conn.close()
server.close()
