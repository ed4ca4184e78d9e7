"""A port is a number from 0 to 65535.

Tutorial: a port is a 16 bit number, 0 to 65535 (004 §1; 001 ports).

Python refuses any other number before the system sees it, with OverflowError.
connect_ex raises it as well: no error code stands for it.

Hint: which error does a port of 80.5 give?
"""

import socket

sock = socket.socket()
refused = []
for port in [-1, 65536]:
    for call in [sock.bind, sock.connect_ex]:
        try:
            call(("127.0.0.1", port))
        except OverflowError as error:
            refused.append(port)
            print(call.__name__, port, "->", error)
sock.bind(("127.0.0.1", 65535))
highest = sock.getsockname()[1]
print("bind 65535 ->", highest)
fits = len(refused) == 4 and highest == 65535
print("as the tutorial says:", fits)
