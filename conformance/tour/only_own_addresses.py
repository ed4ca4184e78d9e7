"""Only an address of this machine can be bound.

Tutorial: a server binds a fixed ip and port; its examples have 192.168.1.169
and 192.168.21.36 in them, and 127.0.0.1, the machine itself (001 socket
example; 002 §4).

An address of somebody else's network, left in the program, is refused:
EADDRNOTAVAIL. The whole of 127.0.0.0/8 is the machine itself on Linux; macOS
(documented, not run) has 127.0.0.1 only.

Hint: "" works on every machine, since it means all of its addresses.
"""

import socket

seen = {}
for host in ["192.0.2.1", "127.0.0.1", "127.0.0.2"]:
    sock = socket.socket()
    try:
        sock.bind((host, 0))
        seen[host] = "bound"
    except OSError as error:
        seen[host] = str(error)
    print("bind", host, "->", seen[host])
    sock.close()
own = seen["127.0.0.1"] == "bound"
foreign = seen["192.0.2.1"] == "bound"
print("as the tutorial says:", own and not foreign)
