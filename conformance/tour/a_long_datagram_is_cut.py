"""What does not fit into recvfrom's buffer is thrown away.

Tutorial: 1024 bytes are received (002 §4 UDP).

TCP keeps the rest for the next recv; UDP does not: the next recvfrom gets the
next datagram. Linux says so only in the flag MSG_TRUNC of recvmsg; Windows
(documented, not run) raises an error.

Hint: which size is always enough?
"""

import socket

server = socket.socket(type=socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 0))
client = socket.socket(type=socket.SOCK_DGRAM)
address = server.getsockname()
client.sendto(b"0123456789", address)
client.sendto(b"next", address)
first = server.recvfrom(4)[0]
second = server.recvfrom(1024)[0]
print("recvfrom(4) ->", first)
print("recvfrom(1024) ->", second)
client.sendto(b"0123456789", address)
if hasattr(server, "recvmsg"):
    flags = server.recvmsg(4)[2]
    print("MSG_TRUNC is set:", bool(flags & socket.MSG_TRUNC))
print("as the tutorial says:", len(first) <= 1024)
