"""Sends line after line and never receives an answer.

Fails: XCH-08, XCH-11 (like: no-turns)
"""

import socket

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
while True:
    line = input('>')
    client.sendto(line.encode(), ('127.0.0.1', 8001))
    if not line:
        break
    print('sent:', line)
client.close()
