"""A socket can be bound only once.

Tutorial: its console session binds one socket three times, one address after
the other (004 §3.2).

The second bind is EINVAL, so the session can't have run as it is printed: each
of the three lines needs a socket of its own.

Hint: make the second bind work by making a second socket.
"""

import socket

sock = socket.socket()
sock.bind(("127.0.0.1", 0))
print("first bind -> bound")
try:
    sock.bind(("127.0.0.1", 0))
    again = True
    print("second bind -> bound")
except OSError as error:
    again = False
    print("second bind ->", error)
print("as the tutorial says:", again)
