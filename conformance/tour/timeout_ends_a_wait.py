"""settimeout ends a wait with an exception.

Tutorial: settimeout sets the longest time for a blocking operation, gettimeout
returns it (002 §4, the functions of socket).

The exception is socket.timeout, which is another name of TimeoutError from
Python 3.10 on. Nothing is lost: the next recv gets what comes later.

Hint: set it on the listener, and accept raises it too.
"""

import socket
import time

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
client = socket.socket()
client.connect(listener.getsockname())
server, address = listener.accept()
server.settimeout(0.1)
print("gettimeout() ->", server.gettimeout())
began = time.monotonic()
try:
    server.recv(1024)
    raised = False
except socket.timeout as error:
    raised = True
    print("recv ->", type(error).__name__, error)
print(f"after {time.monotonic() - began:.1f} s")
client.sendall(b"late")
print("recv(1024) ->", server.recv(1024))
print("as the tutorial says:", raised)
