"""Each socket has a send buffer and a receive buffer, whose sizes you can see.

Tutorial: a TCP socket has a send buffer and a receive buffer, which are pieces
of memory (003 §2.1).

How large they are is the system's choice and changes as the connection runs.
Linux doubles what you ask for, to have room for its own records (socket(7)).
What does not fit waits at the sender.

Hint: ask for a receive buffer of 10 bytes, and see what you get.
"""

import socket

sock = socket.socket()
level = socket.SOL_SOCKET
sending = sock.getsockopt(level, socket.SO_SNDBUF)
receiving = sock.getsockopt(level, socket.SO_RCVBUF)
print("SO_SNDBUF", sending)
print("SO_RCVBUF", receiving)
sock.setsockopt(level, socket.SO_RCVBUF, 10_000)
asked = sock.getsockopt(level, socket.SO_RCVBUF)
print("SO_RCVBUF after asking for 10000:", asked)
both = sending > 0 and receiving > 0
print("as the tutorial says:", both)
