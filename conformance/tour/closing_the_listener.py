"""Who is connected stays connected when the listener closes.

Tutorial: closing the socket after listen keeps new clients out; those who are
connected can go on (003 §5).

Those who only waited in the queue are lost: they were connected, but nobody
had accepted them, and they get RST.

Hint: close the listener before the first accept.
"""

import socket

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
client = socket.socket()
client.connect(listener.getsockname())
server, address = listener.accept()
queued = socket.socket()
queued.connect(listener.getsockname())
address = listener.getsockname()
listener.close()
code = socket.socket().connect_ex(address)
print("new client ->", code)
try:
    print("queued client ->", queued.recv(1024))
except ConnectionResetError as error:
    print("queued client ->", error)
client.sendall(b"still here?")
server.sendall(server.recv(1024))
answer = client.recv(1024)
print("connected client ->", answer)
right = code != 0 and answer == b"still here?"
print("as the tutorial says:", right)
