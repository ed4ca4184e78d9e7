"""SO_REUSEADDR does not let two TCP servers share a port; UDP servers it does.

Tutorial: the option makes that ports don't clash (002 §4, chat tool; 002 §4
time server, the teacher's version).

On Linux two TCP sockets may both bind, but the second listen is EADDRINUSE. Two
UDP sockets may both bind, and then only the newer one gets the datagrams: the
older server goes deaf without any error. On Windows (documented, not run) even
a second TCP server gets in.

Hint: leave out the option for UDP, which has no TIME_WAIT.
"""

import socket


def bound(kind, port):
    """Return a socket with the option at that port."""
    sock = socket.socket(type=kind)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind(("127.0.0.1", port))
    return sock


first = bound(socket.SOCK_STREAM, 0)
second = bound(socket.SOCK_STREAM, first.getsockname()[1])
first.listen()
try:
    second.listen()
    shared = True
except OSError as error:
    shared = False
    print("second listen ->", error)
older = bound(socket.SOCK_DGRAM, 0)
newer = bound(socket.SOCK_DGRAM, older.getsockname()[1])
client = socket.socket(type=socket.SOCK_DGRAM)
client.sendto(b"hello", older.getsockname())
for name, sock in [("newer", newer), ("older", older)]:
    sock.settimeout(0.2)
    try:
        print(name, "server ->", sock.recv(1024))
    except socket.timeout:
        print(name, "server -> nothing")
print("as the tutorial says:", shared)
