"""SOCK_RAW is for the administrator.

Tutorial: beside SOCK_STREAM and SOCK_DGRAM there is SOCK_RAW, for raw sockets;
of rights it says nothing (004 §3.1).

A raw socket reads and writes whole packets, past TCP and UDP, so the system
gives it to few: on Linux to programs with CAP_NET_RAW (raw(7)).

Hint: run it once with sudo, on a machine of your own.
"""

import os
import socket

user = os.geteuid() if hasattr(os, "geteuid") else "unknown"
print("user number", user)
try:
    socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP).close()
    print("SOCK_RAW -> allowed")
except OSError as error:
    print("SOCK_RAW ->", type(error).__name__, error)
exists = hasattr(socket, "SOCK_RAW")
print("as the tutorial says:", exists)
