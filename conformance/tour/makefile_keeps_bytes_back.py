"""A file made of a socket keeps bytes back until flush, and the socket open.

Tutorial: makefile makes a file for the socket, fileno is its descriptor (002
§4, the functions of socket).

write fills a buffer; flush sends it. close() of the socket does not end the
connection while the file is open: only when both are closed the other end reads
its end.

Hint: leave out the flush.
"""

import socket

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
client = socket.socket()
client.connect(listener.getsockname())
server, address = listener.accept()
file = server.makefile("rw", encoding="utf-8")
file.write("first line\n")
client.setblocking(False)
try:
    early = client.recv(1024)
except BlockingIOError:
    early = b""
    print("before flush: nothing")
file.flush()
client.setblocking(True)
print("after flush: recv ->", client.recv(1024))
client.sendall(b"second line\n")
print("readline() ->", repr(file.readline()))
server.close()
client.settimeout(0.1)
try:
    client.recv(1024)
except socket.timeout:
    print("socket closed: no end yet")
file.close()
end = client.recv(1024)
print("file closed: recv ->", end)
print("as the tutorial says:", end == b"")
