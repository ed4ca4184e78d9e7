"""Programs whose sockets are made by a Python that they start anew.

What multiprocessing spawns, subprocess starts or exec puts in a program's place
knows nothing of our addresses: its sockets have the ports that are written
down, and its calls are in no trace. Knows how that shows. Does not judge.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from ..findings import NotJudged
from ..messages import message
from ..programs.manner import REACHING
from ..programs.program import Program
from ..wire.events import Called
from .state import crashed

CALLS = ("bind", "listen", *REACHING)
"""The calls that give a socket its port, and those that the network refuses."""

PATH = re.compile(r"b?['\"]")
ADDRESS = re.compile(r"\(b?['\"][^'\"]*['\"], \d+")

NETWORK_ERRORS = ("OSError", "ConnectionRefusedError", "TimeoutError", "socket.timeout")

ANEW = message(
    "its sockets are made by a Python that it starts anew (multiprocessing by spawn, subprocess, "
    "exec), which can't be led to the ports of a grade: use threads, or grade it as a command in "
    "a network of its own, where the system has that: --target 'cmd:python server.py'"
)


def expect_its_own_calls(program: Program, sockets: Collection[object] = ()) -> None:
    """Expect that calls of its own led to the ``sockets`` or the network error that it has.

    Raises:
        NotJudged: no call that could have was seen.
    """
    if not program.traced or _has_called(program):
        return
    refused = (crashed(program.stderr) or "").startswith(NETWORK_ERRORS)
    seen = any(call.error for call in program.transcript.of(Called))
    if sockets or (refused and not seen):
        raise NotJudged(ANEW)


def _has_called(program: Program) -> bool:
    since = program.transcript.started
    calls = [c for c in program.transcript.of(Called) if c.call in CALLS and c.at >= since]
    # A fork server is reached through a socket file, on which its starter listens.
    files = any(PATH.match(call.arguments) for call in calls)
    return any(ADDRESS.search(c.arguments) or (c.call == "listen" and not files) for c in calls)
