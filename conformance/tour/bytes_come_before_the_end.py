"""What was sent before close arrives before the end.

Tutorial: the end of the file comes behind what is already in the queue (002
§4, TCP).

The end (FIN) has its place in the stream. close() returns at once and the
system sends what is left.

Hint: how much may be left? Send a megabyte and close.
"""

import socket

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
client = socket.socket()
client.connect(listener.getsockname())
server, address = listener.accept()
client.sendall(b"last words")
client.close()
got = [server.recv(1024), server.recv(1024)]
print("recv, recv ->", got)
right = got == [b"last words", b""]
print("as the tutorial says:", right)
