"""A TCP socket can neither send nor receive before it is connected.

Tutorial: a client and a server first have to set up a connection (003 §5; 001
three-way handshake).

On Linux send raises BrokenPipeError there and recv says ENOTCONN; macOS and
Windows (documented, not run) say ENOTCONN for both.

Hint: both are an OSError, so one except clause will do.
"""

import socket

sock = socket.socket()
failed = []
try:
    sock.send(b"hello")
except OSError as error:
    failed.append(error)
    print("send ->", type(error).__name__, error)
try:
    sock.recv(1024)
except OSError as error:
    failed.append(error)
    print("recv ->", type(error).__name__, error)
print("as the tutorial says:", len(failed) == 2)
