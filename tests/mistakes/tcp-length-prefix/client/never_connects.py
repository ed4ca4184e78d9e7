"""Creates the socket and receives without connect.

Fails: HDR-03 (like: no-connect)
"""

import socket
import struct

sock = socket.socket()
header = sock.recv(4)
length = struct.unpack('i', header)[0]
print(sock.recv(length).decode('utf8'))
