"""Turns Nagle's algorithm off, and waits a moment before the first send."""
import socket
import time

s = socket.socket()
s.bind(('192.168.1.169', 8080))
s.listen(5)
sock, address = s.accept()
sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
time.sleep(0.3)
sock.send(b'hello')
sock.send(b'hai')
sock.send(b'hahaha')
sock.close()
