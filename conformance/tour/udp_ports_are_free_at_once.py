"""UDP has no TIME_WAIT: the port is free as soon as the socket is closed.

Tutorial: the teacher's time server sets SO_REUSEADDR on a UDP socket (002 §4
time server, the teacher's version).

There is no connection to remember, so the option has nothing to do here. All
it can do is let a second server in by mistake.

Hint: set the option on both, leave the first open, and send a datagram.
"""

import socket

server = socket.socket(type=socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 0))
address = server.getsockname()
client = socket.socket(type=socket.SOCK_DGRAM)
client.sendto(b"hello", address)
data, sender = server.recvfrom(1024)
server.sendto(data, sender)
print("client.recv ->", client.recv(1024))
server.close()
again = socket.socket(type=socket.SOCK_DGRAM)
try:
    again.bind(address)
    needed = False
    print("bind without the option -> bound")
except OSError as error:
    needed = True
    print("bind without the option ->", error)
print("as the tutorial says:", needed)
