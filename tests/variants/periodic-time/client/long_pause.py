"""Pauses for a second and a half and waits for as long."""
import time
import socket
sk = socket.socket(type=socket.SOCK_DGRAM)
sk.settimeout(1.5)
while True:
    sk.sendto('%Y-%m-%d %H:%M:%S'.encode('utf-8'), ('127.0.0.1', 9000))
    try:
        print(sk.recvfrom(1024))
    except TimeoutError:
        print('超时')
    time.sleep(1.5)
