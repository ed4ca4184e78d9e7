"""sendall sends everything and returns None.

Tutorial: sendall goes on until all is sent; None when it worked, an error
otherwise (004 §3.5).

None is no count: `n = sendall(data)` gives nothing to add to. After an error
nobody can tell how much has gone out, so that the connection is of no more use.

Hint: let the server read in a thread, and the second sendall ends well.
"""

import socket

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
client = socket.socket()
client.connect(listener.getsockname())
server, address = listener.accept()
result = client.sendall(b"hello")
print("sendall(b'hello') ->", result)
got = server.recv(1024)
print("recv(1024) ->", got)
client.settimeout(0.2)
try:
    client.sendall(bytes(50_000_000))
    failed = False
except socket.timeout as error:
    failed = True
    print("nobody reads: sendall ->", error)
right = result is None and got == b"hello" and failed
print("as the tutorial says:", right)
