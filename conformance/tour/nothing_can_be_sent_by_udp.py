"""Sending nothing is nothing by TCP, and a datagram by UDP.

Tutorial: both chat clients send the empty line and then stop; the UDP server
ends when it comes (004 §3 ChatClient; 004 §4 ChatServerUDP).

A stream has no place for an empty message: recv never sees it, and b"" means
that the other end has closed. An empty datagram arrives like any other, with
its sender. So any client can stop the tutorial's UDP server, for all others.

Hint: what does the TCP server see when the client sends nothing and closes?
"""

import socket

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
client = socket.socket()
client.connect(listener.getsockname())
server, address = listener.accept()
print("TCP: send(b'') ->", client.send(b""))
client.sendall(b"next")
stream = server.recv(1024)
print("TCP: recv(1024) ->", stream)
receiver = socket.socket(type=socket.SOCK_DGRAM)
receiver.bind(("127.0.0.1", 0))
sender = socket.socket(type=socket.SOCK_DGRAM)
sender.sendto(b"", receiver.getsockname())
datagram = receiver.recvfrom(1024)[0]
print("UDP: recvfrom(1024) ->", datagram)
right = stream == b"next" and datagram == b""
print("as the tutorial says:", right)
