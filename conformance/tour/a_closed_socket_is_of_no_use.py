"""A closed socket can't be used any more.

Tutorial: closing the socket means that the communication is done (003 §3.4).

Every call raises OSError: EBADF, a bad descriptor, and fileno() is -1. Closing
it once more is harmless.

Hint: where in a loop does close() belong?
"""

import socket

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
client = socket.socket()
client.connect(listener.getsockname())
server, address = listener.accept()
client.close()
try:
    client.send(b"hello")
    used = True
except OSError as error:
    used = False
    print("send ->", error)
print("fileno() ->", client.fileno())
client.close()
print("closed once more: no error")
print("as the tutorial says:", not used)
