"""Waits for a key after its last step instead of ending.

Fails: CLS-13 (like: key-at-the-end)
"""

import socket

client = socket.socket()
client.connect(('192.168.1.169', 8080))
res = client.recv(1024)
print(res)
client.send(b'hei')
client.close()
input('按回车键退出...')
