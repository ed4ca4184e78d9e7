"""Ends on quit, and takes q for an ordinary message.

Fails: CHT-02, CHT-05
"""

import socket  # 引入伯克利套接字模块
sk = socket.socket()
sk.connect(('127.0.0.1', 9000))
while True:
    msg = sk.recv(1024)
    if not msg:
        print('对方已断开')
        break
    print(msg.decode('utf-8'))
    if msg == b'q':
        break
    inp = input('>>>')
    if inp == 'quit':
        inp = 'q'
        sk.send(inp.encode('utf-8'))
        break
    sk.send(inp.encode('utf-8'))
sk.close()
