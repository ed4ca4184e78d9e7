"""A datagram has at most 65507 bytes.

Tutorial: UDP has no limits at all (001 UDP).

The length field of IP has 16 bits: 65535 bytes, less 20 for the IP header and 8
for UDP's (RFC 768, RFC 791). One byte more is EMSGSIZE. On a real network much
less is wise, since a packet that is cut up on its way is lost with any part.

Hint: find the limit of IPv6 with SOCK_DGRAM and AF_INET6.
"""

import socket

server = socket.socket(type=socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 0))
client = socket.socket(type=socket.SOCK_DGRAM)
address = server.getsockname()
sent = client.sendto(bytes(65507), address)
print("sendto of 65507 bytes ->", sent)
try:
    client.sendto(bytes(65508), address)
    limited = False
except OSError as error:
    limited = True
    print("sendto of 65508 bytes ->", error)
print("recvfrom ->", len(server.recvfrom(65535)[0]), "bytes")
print("as the tutorial says:", not limited)
