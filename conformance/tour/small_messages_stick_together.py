"""Small messages that are sent one after the other are read as one.

Tutorial: its three messages arrive as `hello` and `haihahaha`; it happens when
there is much time between them, and not when the length is known (001 sticky
packets).

TCP is a stream of bytes without any borders. What has arrived by the time of
the recv comes together, here all three. It is a *short* time between sends that
lets them stick, and where they part is luck. Knowing the length does not keep
bytes apart: it lets you cut them again.

Hint: recv(5) first, then recv(3).
"""

import socket

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
client = socket.socket()
client.connect(listener.getsockname())
server, address = listener.accept()
client.send(b"hello")
client.send(b"hai")
client.send(b"hahaha")
# Look without taking, until all 14 bytes are there.
peek = socket.MSG_PEEK | socket.MSG_WAITALL
server.recv(14, peek)
first = server.recv(1024)
print("recv(1024) ->", first)
print("as the tutorial says:", first == b"hello")
