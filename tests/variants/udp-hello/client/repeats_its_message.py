"""Says its message again every half second until it is answered."""
import socket

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.settimeout(0.5)
for attempt in range(10):
    sock.sendto(b'hello', ('127.0.0.1', 9000))
    try:
        print(*sock.recvfrom(1024))
        break
    except socket.timeout:
        print('once more')
