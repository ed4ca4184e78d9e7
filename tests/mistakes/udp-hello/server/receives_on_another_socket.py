"""Makes a second socket for the conversation, as in TCP, and receives on that one.

Fails: UDP-01 (like: other-socket)
"""

import socket

sk = socket.socket(type=socket.SOCK_DGRAM)
sk.bind(('127.0.0.1', 9000))
conn = socket.socket(type=socket.SOCK_DGRAM)
msg, addr = conn.recvfrom(1024)
print(addr, msg.decode())
conn.sendto(b'hello', addr)
conn.close()
sk.close()
