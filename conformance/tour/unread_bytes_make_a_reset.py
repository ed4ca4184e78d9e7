"""Closing with unread bytes breaks the connection off.

Tutorial: close sends FIN, and the other side reads the end of the file (002
§4, TCP).

Not when something was left unread: then the system sends RST in place of FIN
(RFC 2525, 2.17), and the other end gets ConnectionResetError. A server that
reads once, answers and closes does that to every client that sends more.

Hint: change 5 to 10.
"""

import socket

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
client = socket.socket()
client.connect(listener.getsockname())
server, address = listener.accept()
client.sendall(b"0123456789")
print("recv(5) ->", server.recv(5))
server.close()
try:
    end = client.recv(1024)
    print("client.recv ->", end)
except ConnectionResetError as error:
    end = None
    print("client.recv ->", type(error).__name__, error)
print("as the tutorial says:", end == b"")
