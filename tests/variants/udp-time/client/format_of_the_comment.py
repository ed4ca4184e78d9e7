"""Uses the format that the comment in the tutorial's server has."""
import socket
sk = socket.socket(type=socket.SOCK_DGRAM)
sk.sendto('%Y-%m-%d %H:%M-%S'.encode('utf-8'), ('127.0.0.1', 9000))
msg, addr = sk.recvfrom(1024)
print('server time:', msg.decode('utf-8'), 'from', addr)
sk.close()
