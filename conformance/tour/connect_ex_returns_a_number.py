"""connect_ex returns an error number, but it still raises some errors.

Tutorial: connect_ex returns the error code where connect raises an exception
(002 §4, the functions of socket).

Only what the system answers becomes a number: 0 for success, ECONNREFUSED and
so on. What goes wrong before that is still raised: a host that can't be looked
up, a port out of range, an address of the wrong shape. The numbers differ:
ECONNREFUSED is 111 on Linux; 61 on macOS and 10061 on Windows (documented, not
run). Compare with errno.ECONNREFUSED.

Hint: `if sock.connect_ex(address):` is true when it failed.
"""

import errno
import socket

bound = socket.socket()
bound.bind(("127.0.0.1", 0))
client = socket.socket()
code = client.connect_ex(bound.getsockname())
print("refused ->", code, errno.errorcode[code])
bound.listen()
print("connected ->", socket.socket().connect_ex(bound.getsockname()))
raised = []
for address in [("::1", 9), ("127.0.0.1", 65536), "x"]:
    try:
        socket.socket().connect_ex(address)
    except Exception as error:
        raised.append(type(error).__name__)
        print(f"{address!r} raised", raised[-1])
print("as the tutorial says:", not raised)
