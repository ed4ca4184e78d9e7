"""Sends a str: only bytes can be sent.

Fails: XCH-06 (like: sends-text)
"""

import socket

client = socket.socket()
client.connect(('192.168.1.169', 8080))
res = client.recv(1024)
print(res)
client.send('hei')
client.close()
