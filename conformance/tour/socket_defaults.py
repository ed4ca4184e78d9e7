"""socket() without arguments is a TCP socket for IPv4.

Tutorial: family is AF_INET = 2 and type SOCK_STREAM = 1 unless you say
otherwise (004 §3.1; 002 §4, the parameters of socket).

Family, type and protocol are plain numbers of the system with names in Python.
Names are safer: AF_INET6 is another number on nearly every system.

Hint: make one with SOCK_DGRAM, and one with AF_INET6, and print the same.
"""

import socket

sock = socket.socket()
print("family", sock.family.name, int(sock.family))
print("type", sock.type.name, int(sock.type))
print("proto", sock.proto)
sock.close()
same = (sock.family, sock.type) == (2, 1)
print("as the tutorial says:", same)
