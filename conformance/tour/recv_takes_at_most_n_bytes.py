"""recv(n) takes at most n bytes, and the rest waits for the next recv.

Tutorial: at most 1024 bytes are received at a time (000 §3; 004 §3.5).

n is the most that you want, not what you will get: recv returns as soon as
there is anything at all. Nothing is lost of what it left.

Hint: change 3 to 1024, and 1024 to 3.
"""

import socket

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
client = socket.socket()
client.connect(listener.getsockname())
server, address = listener.accept()
client.sendall(b"helloworld")
first = server.recv(3)
rest = server.recv(1024)
print("recv(3) ->", first)
print("recv(1024) ->", rest)
right = (first, rest) == (b"hel", b"loworld")
print("as the tutorial says:", right)
