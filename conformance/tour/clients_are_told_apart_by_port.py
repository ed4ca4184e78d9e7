"""Two clients of one machine are told apart by their ports.

Tutorial: a socket is fixed by an ip address and a port number (004 §2; 002
ports).

A TCP connection is named by four things: ip and port of both ends. Two clients
may share all but one of them. An address book with the ip alone mixes them up.

Hint: keep your clients in a dict with the whole address as key.
"""

import socket

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
first, second = socket.socket(), socket.socket()
first.connect(listener.getsockname())
second.connect(listener.getsockname())
_, one = listener.accept()
_, two = listener.accept()
print("first client", one)
print("second client", two)
apart = one[0] == two[0] and one[1] != two[1]
print("as the tutorial says:", apart)
