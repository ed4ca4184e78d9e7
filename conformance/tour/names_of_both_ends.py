"""getsockname is the own address, getpeername that of the other end.

Tutorial: getpeername is the remote address that the socket is connected to,
getsockname its own (002 §4, the functions of socket).

What is own for one end is remote for the other. Without a connection there is
no other end: ENOTCONN.

Hint: what does getsockname say before bind?
"""

import socket

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
client = socket.socket()
client.connect(listener.getsockname())
server, address = listener.accept()
print("client's own", client.getsockname())
print("server's peer", server.getpeername())
crossed = client.getsockname() == server.getpeername()
try:
    listener.getpeername()
except OSError as error:
    print("listener's peer ->", error)
print("as the tutorial says:", crossed)
