"""The program's keyboard and screen: unbuffered, in UTF-8, and told to the trace.

Knows standard input, output and error. What is printed is evidence, so it
leaves the process at once and in one encoding, whatever the locale.
"""

import builtins
import io
import sys
import threading
from typing import Any, Callable

from .trace import Trace


class Keyboard(io.FileIO):
    """Standard input that tells when the program waits for it: in ``input`` or ``sys.stdin``."""

    def __init__(self, trace: Trace) -> None:
        super().__init__(0, "r", closefd=False)
        self._trace = trace
        self._inside = threading.local()

    def readinto(self, buffer: Any) -> Any:
        """Read as FileIO does, told unless ``input`` tells it already."""
        return self._told("", lambda: super(Keyboard, self).readinto(buffer))

    def readall(self) -> bytes:
        """Read to the end as FileIO does, told."""
        return bytes(self._told("", super().readall))

    def ask(self, real: Any, *prompt: Any) -> str:
        """Call ``real``, the builtin ``input``, and tell its prompt and its line."""
        shown = ", ".join(repr(str(part)) for part in prompt)
        return str(self._told(shown, lambda: real(*prompt)))

    def _told(self, shown: str, read: Callable[[], Any]) -> Any:
        if getattr(self._inside, "input", False):
            return read()
        self._trace.write("input", 0, shown, entered=True)
        self._inside.input = True
        try:
            result = read()
        finally:
            self._inside.input = False
        self._trace.write("input", 0, shown, result=repr(result))
        return result


def install(trace: Trace) -> None:
    """Replace the standard streams and ``input`` of this interpreter."""
    keyboard, real = Keyboard(trace), builtins.input
    builtins.input = lambda *prompt: keyboard.ask(real, *prompt)
    sys.stdin = io.TextIOWrapper(io.BufferedReader(keyboard), "utf-8", "surrogateescape")
    sys.stdout = _screen(1)
    sys.stderr = _screen(2)
    sys.__stdin__, sys.__stdout__, sys.__stderr__ = (  # type: ignore[misc]
        sys.stdin,
        sys.stdout,
        sys.stderr,
    )


def _screen(fd: int) -> io.TextIOWrapper:
    raw = io.FileIO(fd, "w", closefd=False)
    # Windows would make \r\n of each \n.
    return io.TextIOWrapper(raw, "utf-8", "backslashreplace", newline="\n", write_through=True)
