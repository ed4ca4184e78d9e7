"""Prints what it sends instead of what it received.

Fails: XCH-11 (like: no-print)
"""

import socket

client = socket.socket()
client.connect(('192.168.1.169', 8080))
res = client.recv(1024)
res = b'hei'
print(res)
client.send(res)
client.close()
