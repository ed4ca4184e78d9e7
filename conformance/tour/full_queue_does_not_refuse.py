"""A full queue of waiting clients refuses nobody on Linux.

Tutorial: backlog is the most connections that may queue; when the queue is
full, requests are refused (004 §3.3; 003 §3.2).

Linux lets backlog + 1 clients in, and they are connected, also those that
nobody has accepted. Whoever comes then gets no answer at all: connect waits,
tries again after about a second, and gets in once accept has made room. The
queue holds finished connections, not half-open ones. Windows (documented, not
run) does refuse.

Hint: print what happens with listen(5).
"""

import select
import socket

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen(2)
address = listener.getsockname()
waiting = []
refused = False
while len(waiting) < 10:
    client = socket.socket()
    client.settimeout(0.5)
    try:
        client.connect(address)
    except OSError as error:
        print("client", len(waiting) + 1, "->", error)
        refused = isinstance(error, ConnectionError)
        break
    waiting.append(client)
print("listen(2) let in", len(waiting), "clients")
if not refused:
    # Its system goes on trying.
    listener.accept()
    ready = select.select([], [client], [], 10)[1]
    print("after accept:", "in" if ready else "out")
exact = len(waiting) == 2 and refused
print("as the tutorial says:", exact)
