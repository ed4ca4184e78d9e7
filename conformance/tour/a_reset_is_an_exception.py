"""A client can break off, and then recv raises an exception.

Tutorial: ChatServer takes an empty recv as the end (004 §3 ChatServer).

That is the polite end. A client that is torn away sends RST, and recv raises
ConnectionResetError: without `except` the server dies of it. SO_LINGER with the
time 0 makes close() send one, which is how to try it at home.

Hint: leave out the setsockopt.
"""

import socket
import struct

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
client = socket.socket()
client.connect(listener.getsockname())
server, address = listener.accept()
at_once = struct.pack("ii", 1, 0)
client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
client.close()
try:
    end = server.recv(1024)
    print("server.recv ->", end)
except ConnectionResetError as error:
    end = None
    print("server.recv ->", type(error).__name__, error)
print("as the tutorial says:", end == b"")
