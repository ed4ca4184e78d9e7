"""Three datagrams are three datagrams.

Tutorial: UDP is about messages, where TCP is about a stream of bytes (002 §4,
tcp and udp).

However late the reader comes, each recvfrom returns exactly one of them. Even
an empty datagram is one.

Hint: do the same with TCP.
"""

import socket

server = socket.socket(type=socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 0))
client = socket.socket(type=socket.SOCK_DGRAM)
for data in [b"hello", b"hai", b""]:
    client.sendto(data, server.getsockname())
got = [server.recvfrom(1024)[0] for _ in range(3)]
print("three times recvfrom ->", got)
right = got == [b"hello", b"hai", b""]
print("as the tutorial says:", right)
