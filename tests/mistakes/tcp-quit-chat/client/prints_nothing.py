"""Does not show what the server says.

Fails: XCH-11 (like: no-print)
"""

import socket  # 引入伯克利套接字模块
sk = socket.socket()
sk.connect(('127.0.0.1', 9000))
while True:
    msg = sk.recv(1024)
    if not msg:
        print('对方已断开')
        break
    if msg == b'q':
        break
    inp = input('>>>')
    if inp == 'q':
        sk.send(inp.encode('utf-8'))
        break
    sk.send(inp.encode('utf-8'))
sk.close()
