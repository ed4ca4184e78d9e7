"""listen(0) is allowed, and lets one client wait.

Tutorial: backlog is at least 1 (004 §3.3).

listen(0) works, and so does a negative number, which Python takes for 0. Linux
keeps one waiting client then. listen() without a number is 128 or less in
Python, and Linux caps it at net.core.somaxconn.

Hint: how many clients does listen(1) let in?
"""

import socket

counts = {}
for backlog in [0, -1]:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(backlog)
    clients = []
    while len(clients) < 10:
        client = socket.socket()
        client.settimeout(0.5)
        try:
            client.connect(listener.getsockname())
        except OSError:
            break
        clients.append(client)
    counts[backlog] = len(clients)
    print(f"listen({backlog}) let in", len(clients))
print("as the tutorial says:", 0 not in counts)
