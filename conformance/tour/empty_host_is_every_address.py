"""An empty host means every address of this machine.

Tutorial: the ip is mostly left empty, which stands for any ip of this machine
(003 §3.2).

Such a server is reached through all addresses, from the network too. Who
listens on 127.0.0.1 is reached from this machine only. getsockname() shows
0.0.0.0; each accepted socket shows the address that its client used.

Hint: bind 127.0.0.1 instead, and connect to 127.0.0.2 again.
"""

import socket

listener = socket.socket()
listener.bind(("", 0))
listener.listen()
host, port = listener.getsockname()
print("bind(('', 0)) ->", host)
reached = []
for host in ["127.0.0.1", "127.0.0.2"]:
    client = socket.socket()
    try:
        client.connect((host, port))
    except OSError as error:
        print("connect", host, "->", error)
        continue
    server, _ = listener.accept()
    reached.append(server.getsockname()[0])
    print("connect", host, "-> reached")
print("accepted at", reached)
print("as the tutorial says:", len(reached) == 2)
