"""Prints the bytes and the address as recvfrom returns them, closes nothing."""
import socket
sk = socket.socket(type = socket.SOCK_DGRAM)
sk.sendto(b'%Y-%m-%d %H:%M:%S',('localhost',9000))
print(sk.recvfrom(1024))
