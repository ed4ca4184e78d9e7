"""Gives the server three tenths of a second for its answer, and then goes on.

Fails: XCH-08 (like: recv-limit)
"""

import socket

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.settimeout(0.3)
while True:
    line = input('>')
    client.sendto(line.encode(), ('127.0.0.1', 8001))
    if not line:
        break
    try:
        data, addr = client.recvfrom(65535)
        print(data.decode())
    except TimeoutError:
        print('no answer')
client.close()
