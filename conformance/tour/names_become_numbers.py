"""A name in an address is looked up first; localhost may be two addresses.

Tutorial: ('localhost', 8000), (socket.gethostname(), 8001) and
('127.0.0.1', 8002) are three ways to write an address (004 §3.2).

The system only connects numbers. getaddrinfo asks the hosts file, then DNS. An
IPv4 socket takes the IPv4 answer, so `localhost` ends at 127.0.0.1 there; a
program that tries every answer may come to ::1 first.

Hint: print getaddrinfo for the name of your machine.
"""

import socket

found = socket.getaddrinfo("localhost", 8000, type=socket.SOCK_STREAM)
for family, _, _, _, address in found:
    print("localhost is", family.name, address)
print("gethostname() ->", socket.gethostname())
sock = socket.socket()
sock.bind(("localhost", 0))
host = sock.getsockname()[0]
print("bound as 'localhost', the address is", host)
print("as the tutorial says:", host == "127.0.0.1")
