"""One direction can be finished while the other goes on.

Tutorial: when the client has said FIN, the server can still send data; that is
called half-close (001 four-way handshake; 002 §4, TCP).

shutdown(SHUT_WR) says "I have sent everything" and leaves recv working. It is
how a client asks a server for all that it has, without a length.

Hint: put close() in its place, and see what the answer does.
"""

import socket

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
client = socket.socket()
client.connect(listener.getsockname())
server, address = listener.accept()
client.sendall(b"question")
client.shutdown(socket.SHUT_WR)
print("recv, recv ->", server.recv(8), server.recv(8))
server.sendall(b"answer")
answer = client.recv(1024)
print("client.recv ->", answer)
print("as the tutorial says:", answer == b"answer")
