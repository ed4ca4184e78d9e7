"""SO_REUSEADDR helps if the server before had it too.

Tutorial: with the option the port is released at once when the program ends
(003 §3.3; 000 §3; 002 §4).

Nothing is released: TIME_WAIT stays, and the new server may bind beside it. On
Linux only if the socket that left it had the option as well. So a server has
to set it from its first start. On Windows (documented, not run) TIME_WAIT does
not keep a server out, and the option means something else.

Hint: print what bind says in all four cases.
"""

import socket


def server(reuse):
    """Return a new socket, with the option or without."""
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, reuse)
    return sock


results = {}
for before in [0, 1]:
    old = server(before)
    old.bind(("127.0.0.1", 0))
    old.listen()
    address = old.getsockname()
    client = socket.socket()
    client.connect(address)
    conn, _ = old.accept()
    conn.close()
    client.recv(1)
    client.close()
    old.close()
    new = server(1)
    try:
        new.bind(address)
        results[before] = "bound"
    except OSError as error:
        results[before] = str(error)
    print("before", before, "now 1 ->", results[before])
right = set(results.values()) == {"bound"}
print("as the tutorial says:", right)
