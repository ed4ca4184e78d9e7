"""Datagrams that do not fit into the buffer are lost without a word.

Tutorial: its drawback is that data is easily lost (001 UDP; 004 §4).

Not only on bad networks: here nothing leaves the machine. The server is slow
and its buffer small, and each sendto still returns its full count.

Hint: make the buffer larger, and count again.
"""

import socket

server = socket.socket(type=socket.SOCK_DGRAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
server.bind(("127.0.0.1", 0))
client = socket.socket(type=socket.SOCK_DGRAM)
sent = 0
for _ in range(200):
    sent += client.sendto(bytes(100), server.getsockname())
print("sendto took", sent, "bytes in 200 datagrams")
server.settimeout(0.2)
received = 0
try:
    while True:
        server.recv(1024)
        received += 1
except socket.timeout:
    print("received", received, "datagrams")
print("as the tutorial says:", received < 200)
