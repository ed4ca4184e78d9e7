"""TCP ports and UDP ports are two sets of numbers.

Tutorial: well known services are told apart into those with TCP ports and
those with UDP ports (002 §4, tcp and udp).

The same number can serve both at once: a datagram never comes to a TCP socket,
nor a connection to a UDP socket.

Hint: send a datagram to the port and see which of the two gets it.
"""

import socket

tcp = socket.socket()
tcp.bind(("127.0.0.1", 0))
address = tcp.getsockname()
udp = socket.socket(type=socket.SOCK_DGRAM)
udp.bind(address)
print("TCP", tcp.getsockname())
print("UDP", udp.getsockname())
both = tcp.getsockname() == udp.getsockname()
print("as the tutorial says:", both)
