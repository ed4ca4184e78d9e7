"""socket(fileno=n) is the same socket, not a copy of it.

Tutorial: with fileno the same socket is returned, and not a duplicate as with
socket.fromfd() (002 §4, the parameters of socket).

The system knows a socket by its descriptor, a small number. Two Python objects
with one number are one socket: closing one of them closes both.

Hint: close the second object and see what the first one can still do.
"""

import socket

first = socket.socket()
same = socket.socket(fileno=first.fileno())
copy = socket.fromfd(first.fileno(), first.family, first.type)
print("first", first.fileno())
print("socket(fileno=...)", same.fileno())
print("fromfd(...)", copy.fileno())
equal = same.fileno() == first.fileno()
copied = copy.fileno() != first.fileno()
same.detach()
print("as the tutorial says:", equal and copied)
