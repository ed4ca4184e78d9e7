"""Connects its socket, and sends a line again that was refused."""
import socket
import time

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.connect(('127.0.0.1', 8080))
while True:
    line = input('> ')
    while True:
        try:
            sock.send(line.encode())
            if line:
                print(sock.recv(65535).decode())
            break
        except ConnectionRefusedError:
            print('the server is away')
            time.sleep(0.3)
    if not line:
        break
