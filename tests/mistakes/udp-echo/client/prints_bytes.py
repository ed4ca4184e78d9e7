"""Prints the bytes b'...', in which no Chinese can be read.

Fails: DAT-04 (like: prints-bytes)
"""

import socket

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server = ('127.0.0.1', 8001)
while True:
    line = input('>')
    client.sendto(line.encode(), server)
    if not line:
        break
    data, address = client.recvfrom(1024)
    print(address, data)
client.close()
