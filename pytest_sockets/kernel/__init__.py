"""What the operating system knows of sockets, threads, processes and ports.

Knows the kernel's interfaces (netlink, /proc, psutil). Does not know programs
under test, conversations or verdicts.
"""
