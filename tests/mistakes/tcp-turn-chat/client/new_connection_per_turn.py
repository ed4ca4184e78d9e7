"""Connects anew for every turn.

Fails: XCH-09 (like: connects-each-line)
"""

import socket

while True:
    client = socket.socket()
    client.connect(('192.168.1.169', 8080))
    res = client.recv(1024)
    if not res:
        break
    print(res.decode('utf8'))
    msg = ''
    while not msg:
        msg = input('请输入:').strip()
    client.send(msg.encode('utf8'))
    client.close()
