"""Asks and sends before it has heard the server.

Fails: XCH-05 (like: speaks-first)
"""

import socket

client = socket.socket()
client.connect(('192.168.1.169', 8080))
while True:
    msg = ''
    while not msg:
        msg = input('请输入:').strip()
    client.send(msg.encode('utf8'))
    res = client.recv(1024)
    if not res:
        break
    print(res.decode('utf8'))
client.close()
