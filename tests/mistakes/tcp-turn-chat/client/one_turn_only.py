"""Has no loop: it ends after one turn.

Fails: XCH-09 (like: one-line)
"""

import socket

client = socket.socket()
client.connect(('192.168.1.169', 8080))
res = client.recv(1024)
if res:
    print(res.decode('utf8'))
    msg = input('请输入:').strip()
    while not msg:
        msg = input('消息不能为空,请重新输入:').strip()
    client.send(msg.encode('utf8'))
client.close()
