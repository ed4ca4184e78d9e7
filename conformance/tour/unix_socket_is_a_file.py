"""An AF_UNIX socket is found by a file, which stays when the socket is closed.

Tutorial: AF_UNIX talks through a file, between processes of one machine
(002 §3; 000 §2; 004 §3.1).

The file is only the name; no byte is stored in it. Who binds the name again
has to remove the old file first: SO_REUSEADDR does not help here. The path may
be about 100 bytes long. Python on Windows (documented, not run) has no AF_UNIX.

Hint: list the folder while the socket is open, and look at the file's size.
"""

import os
import socket
import sys

if not hasattr(socket, "AF_UNIX"):
    sys.exit("not here: Python has no AF_UNIX on this system")


def bind(path):
    """Return a socket, bound to that path if it can be."""
    sock = socket.socket(socket.AF_UNIX)
    reuse = socket.SO_REUSEADDR
    sock.setsockopt(socket.SOL_SOCKET, reuse, 1)
    try:
        sock.bind(path)
    except OSError as error:
        print("bind ->", error)
    return sock


if os.path.exists("tour.sock"):
    os.unlink("tour.sock")
listener = bind("tour.sock")
listener.listen()
client = socket.socket(socket.AF_UNIX)
client.connect("tour.sock")
server, address = listener.accept()
client.sendall(b"hello")
answer = server.recv(1024)
print("recv(1024) ->", answer)
print("the client's address", repr(address))
listener.close()
stays = os.path.exists("tour.sock")
print("the file is there after close:", stays)
bind("tour.sock")
os.unlink("tour.sock")
bind("tour.sock").close()
print("after unlink: bound again")
os.unlink("tour.sock")
bind("x" * 200)
print("as the tutorial says:", answer == b"hello")
