"""Says goodbye before it was greeted.

Fails: XCH-05 (like: speaks-first)
"""

import socket

client = socket.socket()
client.connect(('192.168.1.169', 8080))
client.send(b'hei')
res = client.recv(1024)
print(res)
client.close()
