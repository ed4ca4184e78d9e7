"""With nobody listening connect fails at once.

Tutorial: the server has to be started first (000 §3; 002 §4; 001 socket
example).

The system answers the attempt with RST, which is ConnectionRefusedError; nobody
waits for a server that may come later. A socket that is bound but does not
listen takes nobody either.

Hint: add listen() after the bind, and nothing else.
"""

import socket

bound = socket.socket()
bound.bind(("127.0.0.1", 0))
client = socket.socket()
try:
    client.connect(bound.getsockname())
    refused = False
    print("connect -> connected")
except ConnectionRefusedError as error:
    refused = True
    print("connect ->", type(error).__name__, error)
print("as the tutorial says:", refused)
