"""Faults: what can go wrong on a wire, one file each.

A fault is pure: ``plan(events)`` maps what a peer is about to do to what it
does instead. It knows no sockets and no time of its own; the wire performs the
plan and keeps the receipt.
"""

from .coalesce import Coalesce
from .delay import Delay
from .fault import Fault
from .fragment import Fragment
from .half_close import HalfClose
from .reset import Reset

__all__ = ["Coalesce", "Delay", "Fault", "Fragment", "HalfClose", "Reset"]
