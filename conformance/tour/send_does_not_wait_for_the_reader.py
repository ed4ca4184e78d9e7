"""send returns before anybody has read, or even accepted.

Tutorial: what is sent is written into the send buffer, what is received is
read from the receive buffer (003 §2.5).

The system makes the connection and keeps the bytes; the server need not have
come to accept. A send that succeeded says nothing of what the other program
has done with it.

Hint: close the listener in place of accept, and look at what the client sees.
"""

import socket

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
client = socket.socket()
client.connect(listener.getsockname())
print("send(b'early') ->", client.send(b"early"))
server, address = listener.accept()
data = server.recv(1024)
print("after accept: recv(1024) ->", data)
print("as the tutorial says:", data == b"early")
