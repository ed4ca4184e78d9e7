"""What a piece of code leaves open behind it: sockets, threads and child processes.

Knows this process only: its descriptors, threads and children. Does not know
tests, nor whose fault a leak is.
"""

from .leak import Leak
from .watch import LeakWatch

__all__ = ["Leak", "LeakWatch"]
