"""Asks again every half second until it is answered."""
import socket

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.settimeout(0.5)
while True:
    sock.sendto(b'%Y-%m-%d %H:%M:%S', ('127.0.0.1', 9000))
    try:
        print(sock.recv(1024).decode())
        break
    except socket.timeout:
        print('once more')
