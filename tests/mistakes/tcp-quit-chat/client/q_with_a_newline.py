"""Sends each line with a newline behind it, the q too.

Fails: DAT-04, CHT-02 (like: newline)
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
    if inp == 'q':
        sk.send(b'q\n')
        break
    sk.send((inp + '\n').encode('utf-8'))
sk.close()
