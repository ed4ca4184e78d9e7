"""send returns how many bytes it took, which may be fewer than you gave.

Tutorial: send returns the number of bytes that were really sent (004 §3.5).

A blocking send on Linux takes all of it, however long that lasts. With a
timeout, or without blocking, it takes what fits into the buffers and says how
much that was. When nothing fits, it waits, and then raises the timeout.

Hint: a loop that sends data[sent:] until it is empty is what sendall is.
"""

import socket

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
client = socket.socket()
client.connect(listener.getsockname())
server, address = listener.accept()
print("send(b'hello') ->", client.send(b"hello"))
print("send(b'') ->", client.send(b""))
client.settimeout(0.2)
data = bytes(50_000_000)
sent = client.send(data)
print("send of", len(data), "bytes ->", sent)
full = False
while not full:
    try:
        client.send(data)
    except socket.timeout as error:
        full = True
        print("nobody reads: send ->", error)
print("as the tutorial says:", 0 < sent < len(data))
