"""A recv too many waits for as long as the other end stays open.

Tutorial: three sends, so the client calls recv three times (001 sticky
packets).

Sends and recvs are not pairs. When two messages came as one, the last recv has
nothing to read: it waits, or returns b"" once the sender has closed. The
tutorial's client only comes to its end because the server ends first.

Hint: how can the client know when to stop?
"""

import socket

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
client = socket.socket()
client.connect(listener.getsockname())
server, address = listener.accept()
server.send(b"hello")
server.send(b"hai")
server.send(b"hahaha")
# Look without taking, until all 14 bytes are there.
peek = socket.MSG_PEEK | socket.MSG_WAITALL
client.recv(14, peek)
got = [client.recv(1024)]
print("first recv ->", got[0])
client.settimeout(0.2)
try:
    got.append(client.recv(1024))
except socket.timeout:
    print("second recv -> waits")
server.close()
got.append(client.recv(1024))
print("after close: recv ->", got[-1])
three = got == [b"hello", b"hai", b"hahaha"]
print("as the tutorial says:", three)
