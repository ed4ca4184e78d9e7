"""Sets the limit of a wait with SO_RCVTIMEO, as C programs do, and not with settimeout."""

import socket
import struct
import time

sk = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack('ll', 2, 0))
while True:
    sk.sendto(b'%Y-%m-%d %H:%M:%S', ('127.0.0.1', 8080))
    try:
        print(str(sk.recvfrom(1024)[0], 'utf-8'))
    except BlockingIOError:
        print('超时')
    time.sleep(0.8)
