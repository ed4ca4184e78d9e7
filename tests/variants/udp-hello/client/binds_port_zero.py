"""Binds port 0, which leaves the port to the system all the same."""
import socket

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.bind(('', 0))
print('my port is', sock.getsockname()[1])
sock.sendto(b'This is Client!', ('127.0.0.1', 9000))
data, address = sock.recvfrom(1024)
print(data.decode(), 'from', address)
