"""sendto succeeds although nobody is there.

Tutorial: source and destination make no connection before they send, and
nothing says whether a datagram arrives (002 §4, UDP).

sendto returns the number of bytes, and an answer never comes: recvfrom waits
for ever unless it has a timeout. A UDP socket with connect() is told:
ConnectionRefusedError on Linux. Windows (documented, not run) gives
ConnectionResetError in recvfrom.

Hint: give every recvfrom of a client a timeout.
"""

import socket

gone = socket.socket(type=socket.SOCK_DGRAM)
gone.bind(("127.0.0.1", 0))
address = gone.getsockname()
gone.close()
client = socket.socket(type=socket.SOCK_DGRAM)
client.settimeout(0.2)
sent = [client.sendto(b"hello", address) for _ in "12"]
print("sendto, sendto ->", sent)
try:
    client.recvfrom(1024)
except OSError as error:
    print("recvfrom ->", error)
connected = socket.socket(type=socket.SOCK_DGRAM)
connected.settimeout(2)
connected.connect(address)
connected.send(b"hello")
try:
    connected.recv(1024)
except OSError as error:
    print("connected: recv ->", error)
print("as the tutorial says:", sent == [5, 5])
