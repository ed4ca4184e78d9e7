"""One address and port belongs to one server at a time.

Tutorial: on one machine port numbers can't be in conflict (001 ports).

The second server gets EADDRINUSE, also at 0.0.0.0, which contains 127.0.0.1.
127.0.0.2 is another address, so the same number is free there.

Hint: start a server of yours twice and read the last line of its error.
"""

import socket

server = socket.socket()
server.bind(("127.0.0.1", 0))
server.listen()
port = server.getsockname()[1]
seen = {}
for host in ["127.0.0.1", "0.0.0.0", "127.0.0.2"]:
    second = socket.socket()
    try:
        second.bind((host, port))
        seen[host] = "bound"
    except OSError as error:
        seen[host] = str(error)
    print("second server at", host, "->", seen[host])
    second.close()
taken = seen["127.0.0.1"] != "bound"
print("as the tutorial says:", taken)
