"""Sends a newline after every line although only the line is asked for.

Fails: XCH-06 (like: newline)
"""

import socket

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
while True:
    line = input('>')
    if not line:
        client.sendto(b'', ('127.0.0.1', 8001))
        break
    client.sendto((line + '\n').encode(), ('127.0.0.1', 8001))
    data, address = client.recvfrom(1024)
    print(address, data.decode())
client.close()
