"""Takes a file that is left over for a server that runs, and ends with status 1.

Fails: UNX-01
"""

import os
import socket
import sys

PATH = '/tmp/echo.sock'
if os.path.exists(PATH):
    sys.exit('服务器已经在运行')
sk = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
sk.bind(PATH)
sk.listen(5)
conn, _ = sk.accept()
print('a client has come')
while True:
    msg = conn.recv(1024)
    if not msg:
        break
    print(f'接收到来自客户端的消息:{msg.decode(errors="replace")}')
    conn.send(msg)
conn.close()
sk.close()
os.unlink(PATH)
