"""Prints that an answer came, and not the answer.

Fails: XCH-11 (like: no-print)
"""

import socket

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
while True:
    line = input('>')
    client.sendto(line.encode(), ('127.0.0.1', 8001))
    if not line:
        break
    data, address = client.recvfrom(1024)
    print('answer from', address)
client.close()
