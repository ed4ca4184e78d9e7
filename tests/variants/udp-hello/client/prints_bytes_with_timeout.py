"""Waits three seconds at most, prints the bytes, asks for a key at the end."""
from socket import *

s = socket(AF_INET, SOCK_DGRAM)
s.settimeout(3)
s.sendto('hello'.encode(), ('localhost', 9000))
try:
    print(s.recvfrom(1024))
except timeout:
    print('no answer')
s.close()
input('press return')
