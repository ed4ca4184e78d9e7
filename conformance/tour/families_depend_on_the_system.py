"""Which address families there are depends on the system.

Tutorial: family is AF_INET, AF_INET6, AF_UNIX, AF_CAN or AF_RDS (002 §4, the
parameters of socket).

Python has a name for what it found when it was built. Only AF_INET is
everywhere; AF_CAN and AF_RDS are of Linux, and Python on Windows (documented,
not run) has no AF_UNIX. A name is no promise: the kernel may still refuse.

Hint: print [name for name in dir(socket) if name.startswith("AF_")].
"""

import socket

found = {}
for name in ["AF_INET", "AF_INET6", "AF_UNIX", "AF_CAN", "AF_RDS"]:
    found[name] = hasattr(socket, name)
    print(name, "is there:", found[name])
print("as the tutorial says:", all(found.values()))
