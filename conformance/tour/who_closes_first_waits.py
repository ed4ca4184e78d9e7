"""The side that closes first keeps the port in TIME_WAIT.

Tutorial: the port of a server that ended is not released at once, but after
about 1 to 2 minutes (003 §3.3; 002 §4; 000 §3).

It is so only if the server closed first, or died with a client connected: the
first to close has to remember the connection, in case a packet comes late. If
the client closes first, the server's port is free. The time is fixed to 60 s on
Linux; macOS 30 s, Windows 2 to 4 minutes (documented, not run).

Hint: set SO_REUSEADDR on all of the servers, and try again.
"""

import errno
import socket
import time


def talk(first_to_close):
    """Return the ports of a server and a client that ended."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    client = socket.socket()
    client.connect(listener.getsockname())
    server, client_port = listener.accept()
    ports = [server.getsockname()[1], client_port[1]]
    ends = [client, server]
    if first_to_close == "server":
        ends = [server, client]
    ends[0].close()
    ends[1].recv(1)
    ends[1].close()
    listener.close()
    return ports


def waiting(port, peer):
    """Return how long TIME_WAIT still lasts, as Linux tells."""
    try:
        with open("/proc/net/tcp") as file:
            rows = [line.split() for line in file][1:]
    except OSError:
        return "not told by this system"
    for row in rows:
        ends = [int(end.split(":")[1], 16) for end in row[1:3]]
        if ends == [port, peer] and row[3] == "06":
            ticks = int(row[5].split(":")[1], 16)
            return f"{round(ticks / 100)} s"
    return "none"


def bind(port):
    """Return what a server gets that does not set the option."""
    sock = socket.socket()
    try:
        sock.bind(("127.0.0.1", port))
        return "bound"
    except OSError as error:
        return errno.errorcode[error.errno]


seen = {}
for first in ["server", "client"]:
    port, other = talk(first)
    print("closed first: the", first)
    print("  server's TIME_WAIT:", waiting(port, other))
    print("  client's TIME_WAIT:", waiting(other, port))
    if first == "client":
        time.sleep(0.2)  # the last packet may be on its way
    seen[first] = bind(port)
    print("  bind ->", seen[first])
taken = [s == "EADDRINUSE" for s in seen.values()]
print("as the tutorial says:", all(taken))
