"""setblocking(False) makes recv and accept raise where they would wait.

Tutorial: setblocking sets whether the socket blocks or not (002 §4, the
functions of socket).

BlockingIOError says "not now": try again later. gettimeout() is 0.0 then, and
None for a socket that waits for ever. A loop that tries again at once keeps a
processor busy: let select wait.

Hint: import select; select.select([server], [], [])
"""

import socket

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
client = socket.socket()
client.connect(listener.getsockname())
server, address = listener.accept()
print("gettimeout() ->", server.gettimeout())
server.setblocking(False)
print("gettimeout() ->", server.gettimeout())
listener.setblocking(False)
raised = 0
try:
    server.recv(1024)
except BlockingIOError as error:
    raised += 1
    print("recv ->", error)
try:
    listener.accept()
except BlockingIOError as error:
    raised += 1
    print("accept ->", error)
print("as the tutorial says:", raised == 2)
