"""The listening socket takes connections and nothing else.

Tutorial: the socket after listen only receives connection requests; messages
go through the new socket that accept returns (003 §5; 004 §3.4).

accept returns a socket of its own for each client, with a descriptor of its
own. recv on the listener is ENOTCONN.

Hint: write `conn = sk.accept()` and read what conn.recv says.
"""

import socket

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
client = socket.socket()
client.connect(listener.getsockname())
server, address = listener.accept()
client.sendall(b"hello")
try:
    listener.recv(1024)
    talks = True
except OSError as error:
    talks = False
    print("listener.recv ->", error)
answer = server.recv(1024)
print("server.recv(1024) ->", answer)
print("listener is", listener.fileno())
print("server is", server.fileno())
right = not talks and answer == b"hello"
print("as the tutorial says:", right)
