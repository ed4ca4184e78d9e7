"""Both ends can send at the same time.

Tutorial: the turn-taking chat says that the two can't both send or both
receive (001 code optimisation, rule 1).

That is the rule of that chat, and a good one for two people who read and type
in one thread. TCP is full duplex: each direction has buffers of its own. Here
both send a megabyte at once, and all of it arrives.

Hint: what happens when both wait in recv?
"""

import socket
import threading

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
client = socket.socket()
client.connect(listener.getsockname())
server, address = listener.accept()
data = bytes(1_000_000)


def send(end):
    """Send everything."""
    end.sendall(data)


ends = [client, server]
threads = [threading.Thread(target=send, args=[end]) for end in ends]
for thread in threads:
    thread.start()
everything = socket.MSG_WAITALL
got = [len(end.recv(len(data), everything)) for end in ends]
for thread in threads:
    thread.join()
print("client received", got[0], "bytes")
print("server received", got[1], "bytes")
both = got == [len(data), len(data)]
print("as the tutorial says:", not both)
