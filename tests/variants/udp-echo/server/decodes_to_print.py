"""Decodes what it receives strictly, to print it; it sends back the bytes as they came."""

import socket

sk = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sk.bind(('127.0.0.1', 8000))
while True:
    data, addr = sk.recvfrom(1024)
    if not data:
        break
    print(data.decode(), addr)
    sk.sendto(data, addr)
sk.close()
