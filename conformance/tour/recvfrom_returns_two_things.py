"""recvfrom returns the bytes and the address they came from.

Tutorial: it returns the content and the client's ip and port (000 §4; 002 §4
UDP).

One tuple of two: take it apart, or decode is asked of a tuple. The client's
port was given by the system with its first sendto.

Hint: what does recv(1024) return on the same socket?
"""

import socket

server = socket.socket(type=socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 0))
client = socket.socket(type=socket.SOCK_DGRAM)
client.sendto(b"hello", server.getsockname())
result = server.recvfrom(1024)
print("recvfrom(1024) ->", result)
own = ("127.0.0.1", client.getsockname()[1])
print("the client's own", own)
right = result == (b"hello", own)
print("as the tutorial says:", right)
