"""Makes a datagram socket of the same name: a client's connect is refused.

Fails: LIF-02
"""

import os
import socket

PATH = '/tmp/echo.sock'
if os.path.exists(PATH):
    os.unlink(PATH)
sk = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
sk.bind(PATH)
while True:
    msg, addr = sk.recvfrom(1024)
    if not msg:
        break
    print(msg.decode())
    sk.sendto(msg, addr)
sk.close()
os.unlink(PATH)
