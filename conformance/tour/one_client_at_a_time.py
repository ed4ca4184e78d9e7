"""A server with one thread serves one client at a time.

Tutorial: it can only serve one client at the same moment (000 §3; 003 §3.3).

The second client is connected all the same, and what it sends is kept for it.
It just gets no answer until the server comes back to accept. That is how the
program is written: TCP itself has no such limit.

Hint: give each accepted socket to a thread of its own.
"""

import socket

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
first, second = socket.socket(), socket.socket()
first.connect(listener.getsockname())
second.connect(listener.getsockname())
second.sendall(b"hello from the second")
server, _ = listener.accept()
second.settimeout(0.2)
try:
    second.recv(1024)
    waits = False
except socket.timeout:
    waits = True
    print("second, while the first is served: no answer")
server.close()
server, _ = listener.accept()
data = server.recv(1024)
print("after the first: recv ->", data)
server.sendall(b"hello, second")
print("second.recv ->", second.recv(1024))
print("as the tutorial says:", waits)
