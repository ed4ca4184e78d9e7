"""Asks ten times, with a pause of a second, through a connected socket."""
import socket
from time import sleep

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.connect(('127.0.0.1', 9000))
s.settimeout(0.5)
for i in range(10):
    s.send('%Y-%m-%d %H:%M:%S'.encode())
    try:
        print(i, s.recv(100))
    except socket.timeout:
        print(i, 'lost')
    sleep(1)
