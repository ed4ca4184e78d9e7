"""After the other end has closed, recv returns b"" at once, every time.

Tutorial: when the other side closes, recv stops waiting and returns data of
length 0 (003 §5).

That is the only sign of the end: there is no exception and no None. A loop
that does not look for it runs for ever.

Hint: while data := server.recv(1024):
"""

import socket

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
client = socket.socket()
client.connect(listener.getsockname())
server, address = listener.accept()
client.sendall(b"bye")
client.close()
print("recv ->", server.recv(1024))
ends = [server.recv(1024), server.recv(1024)]
print("then ->", ends)
print("as the tutorial says:", ends == [b"", b""])
