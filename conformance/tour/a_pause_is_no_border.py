"""A pause between two sends does not keep them apart.

Tutorial: the net drive sleeps for a second between the file's name and its
content (000 net drive).

The pause works as long as the reader is quicker. A reader that is busy for
longer than the pause finds both in its buffer and reads them as one: the file
is then called `name.txtcontent`. A border has to be in the bytes.

Hint: send the length of the name first, in 4 bytes.
"""

import socket
import time

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
client = socket.socket()
client.connect(listener.getsockname())
server, address = listener.accept()
client.sendall(b"name.txt")
time.sleep(0.2)
client.sendall(b"content")
# The server was busy until now.
peek = socket.MSG_PEEK | socket.MSG_WAITALL
server.recv(15, peek)
name = server.recv(1024)
print("recv(1024) ->", name)
print("as the tutorial says:", name == b"name.txt")
