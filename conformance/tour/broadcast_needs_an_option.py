"""A broadcast needs permission first: SO_BROADCAST.

Tutorial: SOCK_DGRAM is mostly used to send broadcasts on the network; that it
takes more than that is not said (002 §4, the parameters of socket).

Without the option sendto to a broadcast address is PermissionError, so that
nobody calls a whole network by accident. This stop does not set it: nothing is
sent. Most datagrams (DNS, games, calls) go to one address.

Hint: read about SO_BROADCAST in socket(7) before you try.
"""

import socket

client = socket.socket(type=socket.SOCK_DGRAM)
option = client.getsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST)
print("SO_BROADCAST", option)
try:
    client.sendto(b"hello", ("127.255.255.255", 9))
    free = True
    print("sendto 127.255.255.255 -> sent")
except OSError as error:
    free = False
    print("sendto ->", type(error).__name__, error)
print("as the tutorial says:", free)
