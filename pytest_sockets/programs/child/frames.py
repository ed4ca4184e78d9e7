"""Leaves our own frames out of the tracebacks that a program prints.

They stand between the interpreter and the program, and between the program and
its sockets; without us they would not be there. Knows tracebacks, and the ways
in which Python prints them. What the program reads from a traceback object by
itself before any of these ways shows our frames.
"""

import os
import sys
import threading
import traceback
import types
from typing import Any, Callable, List, Optional, Set

OWN = os.path.dirname(os.path.abspath(__file__)) + os.sep


def install() -> None:
    """See to it that threads, ``traceback`` and ignored exceptions show none of our frames."""
    for name in ("walk_tb", "_walk_tb_with_full_positions"):
        if hasattr(traceback, name):
            setattr(traceback, name, _cleaned(getattr(traceback, name)))
    threading.excepthook = _hook(threading.excepthook)
    sys.unraisablehook = _hook(sys.unraisablehook)


def leave_out(error: Optional[BaseException]) -> None:
    """Take our frames out of the traceback of ``error``, its causes and its group."""
    waiting: List[Any] = [error]
    seen: Set[int] = set()
    while waiting:
        current = waiting.pop()
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        current.__traceback__ = without_own(current.__traceback__)
        waiting += [current.__cause__, current.__context__]
        waiting += list(getattr(current, "exceptions", ()))


def without_own(traced: Optional[types.TracebackType]) -> Optional[types.TracebackType]:
    """Return the traceback with our frames unlinked."""
    while traced is not None and _is_own(traced):
        traced = traced.tb_next
    at = traced
    while at is not None:
        while at.tb_next is not None and _is_own(at.tb_next):
            at.tb_next = at.tb_next.tb_next
        at = at.tb_next
    return traced


def _is_own(traced: types.TracebackType) -> bool:
    return traced.tb_frame.f_code.co_filename.startswith(OWN)


def _cleaned(walk: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda tb: walk(without_own(tb))


def _hook(real: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def hook(args: Any) -> Any:
        leave_out(args.exc_value)
        return real(args)

    return hook
