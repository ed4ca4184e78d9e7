"""The TIME_WAIT of a client keeps a server out of its port too.

Tutorial: with SO_REUSEADDR the port is free at once (003 §3.3; 000 §3).

Who closes first keeps its own port in TIME_WAIT, and a client has a port as
well: any of those that the system gives out. A server that binds one of these
by chance fails for a minute, option or not, because the client had not set it.
Choose a server's port below them.

Hint: set the option on the client, before connect.
"""

import socket

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
client = socket.socket()
client.connect(listener.getsockname())
server, address = listener.accept()
port = client.getsockname()[1]
client.close()
server.recv(1)
server.close()
again = socket.socket()
again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
try:
    again.bind(("127.0.0.1", port))
    free = True
    print("bind the client's port -> bound")
except OSError as error:
    free = False
    print("bind the client's port ->", error)
print("as the tutorial says:", free)
