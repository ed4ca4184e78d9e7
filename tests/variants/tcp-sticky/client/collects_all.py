"""Collects everything and prints it once, at the end."""
import socket

res = socket.socket()
res.connect(('192.168.1.169', 8080))
data = b''
while True:
    part = res.recv(1024)
    if not part:
        break
    data += part
res.close()
print(data.decode())
