"""Forgets bind: no client knows where to send.

Fails: LIF-02 (like: no-bind)
"""

import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
msg, addr = sk.recvfrom(1024)
print(addr, msg.decode())
sk.sendto(b'hello', addr)
sk.close()
