"""An option that is set reads as a number that is not 0.

Tutorial: setsockopt sets an option and getsockopt returns it; SO_REUSEADDR is
set to 1 or to True (002 §4; 003 §3.3).

True is 1 for the system. What comes back is 1 on Linux, and 4 on macOS
(documented, not run), so ask whether it is 0, not whether it is 1.

Hint: try SO_KEEPALIVE and SO_BROADCAST.
"""

import socket

sock = socket.socket()
level, reuse = socket.SOL_SOCKET, socket.SO_REUSEADDR
before = sock.getsockopt(level, reuse)
sock.setsockopt(level, reuse, True)
after = sock.getsockopt(level, reuse)
print("SO_REUSEADDR before", before)
print("SO_REUSEADDR after", after)
print("as the tutorial says:", after == 1)
