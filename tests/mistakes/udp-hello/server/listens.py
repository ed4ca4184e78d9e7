"""Calls listen after bind, which a UDP socket does not know.

Fails: LIF-02 (like: udp-listen)
"""

import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.bind(('127.0.0.1', 9000))
sk.listen()
msg, addr = sk.recvfrom(1024)
print(addr, msg.decode())
sk.sendto(b'hello', addr)
sk.close()
