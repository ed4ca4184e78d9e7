"""Changes the settings of the network interface.

Tries: to switch off loopback for everybody (it sets what is set already)
Stopped by: rights, network
Without: as root it may
Deserves: passes
Shows: got (root)
"""

import fcntl
import socket

SIOCGIFFLAGS, SIOCSIFFLAGS = 0x8913, 0x8914
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
    try:
        flags = fcntl.ioctl(any_socket, SIOCGIFFLAGS, b'lo'.ljust(40, b'\0'))
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, flags)
        print('got: the interface')
    except OSError as error:
        print(f'refused: {error}')

sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8000))
sk.listen(5)
conn, addr = sk.accept()
print(f'connect from {addr}')
while True:
    data = conn.recv(1024)
    if not data:
        break
    print(data.decode(errors='replace'))
    conn.sendall(data)
conn.close()
sk.close()
