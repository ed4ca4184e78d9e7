"""Faults: what can go wrong on a wire, one file each.

A fault is pure: ``plan(events)`` maps what a peer is about to do to what it
does instead. It knows no sockets and no time of its own; the wire performs the
plan and keeps the receipt.
"""

from .after import After
from .coalesce import Coalesce
from .corrupt import Corrupt
from .delay import Delay
from .duplicate import Duplicate
from .fault import Fault
from .fragment import Fragment
from .half_close import HalfClose
from .lose import Lose
from .receipt import Receipt, Tally
from .reorder import Reorder
from .reset import Reset
from .short_calls import ShortRecv, ShortSend
from .stall import Stall
from .throttle import Throttle
from .truncate import Truncate

__all__ = [
    "After",
    "Coalesce",
    "Corrupt",
    "Delay",
    "Duplicate",
    "Fault",
    "Fragment",
    "HalfClose",
    "Lose",
    "Receipt",
    "Reorder",
    "Reset",
    "ShortRecv",
    "ShortSend",
    "Stall",
    "Tally",
    "Throttle",
    "Truncate",
]
